import FinOps
import Foundation
import HTTP

/// Sends a call until it is answered: rate-limited, signed anew on each attempt, retried while that helps, counted and
/// priced. Only reads, AssumeRole and signatures are exchanged, so asking twice does no harm; `write` is another matter.
struct ServiceConnection: Sendable {
    let http: any HTTPSending
    let requests: RequestBuilder
    let policy: RetryPolicy
    let budget: RetryBudget
    let limits: [AWSService: TokenBucket]
    let meter: UsageMeter
    let skew: ClockSkewMeter
    let interpreter: FailureInterpreter
    let clock: any FinOps.Clock
    let randomness: any Randomness

    /// A question with a body, answered with one. Throws `Trouble`; `InputError` when keys are missing or malformed.
    func exchange<Value: Sendable>(
        _ call: ServiceCall, body: Data, credentials: CredentialStore, decode: @Sendable (Data) throws -> Value
    ) async throws -> ServiceAnswer<Value> {
        try await exchange(call, .post(body), credentials: credentials) { response in
            guard !response.body.isEmpty else { throw EmptyAnswer() }
            return try decode(response.body)
        }
    }

    /// `decode` throwing means that the response is no answer.
    func exchange<Value: Sendable>(
        _ call: ServiceCall, _ message: CallMessage, credentials: CredentialStore,
        decode: @Sendable (HTTPResponse) throws -> Value
    ) async throws -> ServiceAnswer<Value> {
        // One id for all attempts, so that AWS can tell a retry from a second question.
        let invocation = InvocationID(randomness).text
        var progress = Progress(
            deadline: min(
                clock.uptimeNanoseconds() + policy.deadlineNanoseconds,
                PhaseDeadline.current?.uptimeNanoseconds ?? .max))
        while true {
            guard try await limits[call.service]?.take(before: progress.deadline) ?? true else {
                throw interpreter.deadline(progress.lastFailure, call: call, attempts: progress.attempt - 1)
            }
            let keys = try await credentials.credentials()
            let correction = skew.correction
            let request = requests.request(
                call, message, credentials: keys, invocation: invocation, attempt: progress.attempt,
                attempts: policy.attempts, at: clock.now().adding(seconds: -correction),
                deadlineSeconds: progress.secondsLeft(clock), wantsNewConnection: progress.wantsNewConnection)
            if !progress.isCounted { meter.count(call) }
            progress.isCounted = true
            switch try await outcome(of: request, call, decode) {
            case .answered(let answer):
                meter.charge(call)
                budget.refund()
                return answer
            case .failed(let failure):
                progress.lastFailure = failure
                if let repair = try await repair(after: failure, keys, correction, credentials, progress) {
                    progress.repairs.insert(repair)
                    progress.wantsNewConnection = repair == .newConnection
                } else {
                    switch try await patience(after: failure, &progress) {
                    case .askAgain: progress.wantsNewConnection = failure.lostConnection
                    case .giveUp:
                        throw interpreter.trouble(failure, call: call, attempts: progress.attempt, skew: skew.reading)
                    case .outOfTime:
                        throw interpreter.deadline(failure, call: call, attempts: progress.attempt)
                    }
                }
                meter.countRetry()
            }
        }
    }

    enum Outcome<Value: Sendable> {
        case answered(ServiceAnswer<Value>)
        case failed(ServiceFailure)
    }

    struct Progress {
        let deadline: UInt64
        var attempt = 1
        var isCounted = false
        var repairs: Set<Repair> = []
        var wantsNewConnection = false
        var lastFailure: ServiceFailure?

        func secondsLeft(_ clock: any FinOps.Clock) -> Double {
            let now = clock.uptimeNanoseconds()
            return now < deadline ? max(0.001, Double(deadline - now) / 1e9) : 0.001
        }
    }

    func outcome<Value>(
        of request: HTTPRequest, _ call: ServiceCall, _ decode: @Sendable (HTTPResponse) throws -> Value
    ) async throws -> Outcome<Value> {
        let response: HTTPResponse
        do {
            response = try await http.send(request)
        } catch let error as HTTPError {
            if error.code == .cancelled { throw CancellationError() }
            return .failed(ServiceFailure(error))
        }
        let receivedAt = clock.now()
        skew.observe(response.headers["Date"], receivedAt: receivedAt)
        guard call.service.answerStatuses.contains(response.status) else { return .failed(ServiceFailure(response)) }
        do {
            return .answered(
                ServiceAnswer(
                    value: try decode(response), body: response.body,
                    requestID: ServiceFailure.requestID(in: response), receivedAt: receivedAt))
        } catch let trouble as Trouble {
            throw trouble
        } catch is EmptyAnswer {
            return .failed(.unusable(response, ServiceFailure.emptyAnswer, "an empty answer"))
        } catch {
            return .failed(
                .unusable(response, ServiceFailure.unreadableAnswer, "an answer that is not what the service sends"))
        }
    }

    /// What can be mended at once and is no attempt of its own; each once per call.
    enum Repair: Hashable { case newKeys, clock, newConnection }

    func repair(
        after failure: ServiceFailure, _ keys: Credentials, _ correction: Int, _ credentials: CredentialStore,
        _ progress: Progress
    ) async throws -> Repair? {
        if failure.saysKeysExpired, !progress.repairs.contains(.newKeys),
            try await credentials.replacement(for: keys) != nil
        {
            return .newKeys
        }
        if failure.saysClockIsWrong, !progress.repairs.contains(.clock), skew.correct(used: correction) {
            return .clock
        }
        return failure.foundStaleConnection && !progress.repairs.contains(.newConnection) ? .newConnection : nil
    }

    private enum Patience { case askAgain, giveUp, outOfTime }

    /// Waits as long as the failure wants, unless repeating cannot help or patience is used up.
    private func patience(after failure: ServiceFailure, _ progress: inout Progress) async throws -> Patience {
        guard let reason = failure.retryReason else { return .giveUp }
        // The last attempt may have had all that was left; timers are exact to a few milliseconds.
        guard clock.uptimeNanoseconds() + 5_000_000 < progress.deadline else { return .outOfTime }
        guard progress.attempt < policy.attempts else { return .giveUp }
        let wait = policy.wait(
            before: progress.attempt + 1, reason, atLeastMilliseconds: failure.retryAfterMilliseconds(clock.now()),
            randomness)
        // Waiting past the deadline would only fail later.
        guard clock.uptimeNanoseconds() + wait < progress.deadline else { return .outOfTime }
        guard budget.spend(reason) else { return .giveUp }
        try await clock.sleep(nanoseconds: wait)
        progress.attempt += 1
        return .askAgain
    }
}

/// Status 200 and nothing else: never an answer where a body was asked for.
private struct EmptyAnswer: Error {}

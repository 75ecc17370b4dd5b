import FinOps
import HTTP

/// What became of a write.
enum WriteOutcome<Value: Sendable>: Sendable {
    case done(Value)
    /// Certainly nothing: it was refused, or never got there.
    case refused(Trouble)
    /// Nobody knows. Sending it again may do it twice.
    case unknown(Trouble)
}

extension ServiceConnection {
    /// Sends a write once, on a connection of its own. Only what the service refused before it did anything, for keys that
    /// expired or a clock that is wrong, is sent again. The deadline is for all of it, fetching keys included.
    ///
    /// Throws `InputError` when keys are missing or malformed, `Trouble` when they cannot be fetched: nothing was sent then.
    func write<Value: Sendable>(
        _ call: ServiceCall, _ message: CallMessage, credentials: CredentialStore, deadlineSeconds: Double,
        decode: @Sendable (HTTPResponse) throws -> Value
    ) async throws -> WriteOutcome<Value> {
        try await PhaseDeadline.within(seconds: Int(deadlineSeconds.rounded(.up)), of: clock) {
            try await write(call, message, credentials: credentials, decode: decode)
        }
    }

    private func write<Value: Sendable>(
        _ call: ServiceCall, _ message: CallMessage, credentials: CredentialStore,
        decode: @Sendable (HTTPResponse) throws -> Value
    ) async throws -> WriteOutcome<Value> {
        let invocation = InvocationID(randomness).text
        var progress = Progress(deadline: PhaseDeadline.current?.uptimeNanoseconds ?? .max)
        guard try await limits[call.service]?.take(before: progress.deadline) ?? true else {
            return .refused(interpreter.deadline(nil, call: call, attempts: 0))
        }
        while true {
            let keys = try await credentials.credentials()
            let correction = skew.correction
            let request = requests.request(
                call, message, credentials: keys, invocation: invocation, attempt: 1, attempts: 1,
                at: clock.now().adding(seconds: -correction), deadlineSeconds: progress.secondsLeft(clock),
                wantsNewConnection: true)
            switch try await outcome(of: request, call, decode) {
            case .answered(let answer): return .done(answer.value)
            case .failed(let failure):
                let trouble = interpreter.trouble(failure, call: call, attempts: 1, skew: skew.reading)
                guard failure.isRefusal else { return .unknown(trouble) }
                guard let repair = try await repair(after: failure, keys, correction, credentials, progress) else {
                    return .refused(trouble)
                }
                progress.repairs.insert(repair)
            }
        }
    }
}

extension ServiceFailure {
    /// Whether the service certainly did nothing. Its own trouble (5xx) does not say how far it had come, and a line that
    /// broke does not say what had arrived.
    var isRefusal: Bool {
        switch origin {
        case .status(let status): (300...499).contains(status)
        case .unusableAnswer: false
        case .transport(let code, _):
            switch code {
            case .resolve, .connect, .connectTimeout, .certificate, .tls, .proxy, .proxyAuthentication,
                .invalidRequest, .closed:
                true
            default: false
            }
        }
    }
}

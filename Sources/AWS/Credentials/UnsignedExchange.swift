import FinOps
import Foundation
import HTTP

/// Questions that carry no signature, because their answer is what signs: single sign-on, web identity, containers, EC2.
extension ServiceConnection {
    /// Repeated while that helps, but no more than `attempts` times. `decode` throwing means that the body is no answer.
    /// Throws `CancellationError` alone.
    func exchangeUnsigned<Value: Sendable>(
        _ operation: String, _ request: HTTPRequest, attempts: Int? = nil,
        decode: @Sendable (HTTPResponse) throws -> Value
    ) async throws -> Result<Value, ServiceFailure> {
        meter.count(operation)
        let deadline = clock.uptimeNanoseconds() + policy.deadlineNanoseconds
        var attempt = 1
        while true {
            let failure: ServiceFailure
            switch try await outcome(of: request, decode) {
            case .success(let value): return .success(value)
            case .failure(let refused): failure = refused
            }
            guard attempt < attempts ?? policy.attempts, let reason = failure.unsignedRetryReason else {
                return .failure(failure)
            }
            let wait = policy.wait(
                before: attempt + 1, reason, atLeastMilliseconds: failure.retryAfterMilliseconds(clock.now()),
                randomness)
            guard clock.uptimeNanoseconds() + wait < deadline, budget.spend(reason) else { return .failure(failure) }
            try await clock.sleep(nanoseconds: wait)
            attempt += 1
            meter.countRetry()
        }
    }

    private func outcome<Value>(
        of request: HTTPRequest, _ decode: @Sendable (HTTPResponse) throws -> Value
    ) async throws -> Result<Value, ServiceFailure> {
        let response: HTTPResponse
        do {
            response = try await http.send(request)
        } catch let error as HTTPError {
            if error.code == .cancelled { throw CancellationError() }
            return .failure(ServiceFailure(error))
        }
        guard response.status == 200 else { return .failure(ServiceFailure(response)) }
        do {
            return .success(try decode(response))
        } catch {
            return .failure(
                .unusable(response, ServiceFailure.unreadableAnswer, "an answer that is not what the service sends"))
        }
    }
}

extension ServiceFailure: Error {
    /// STS says `IDPCommunicationError` when it could not reach whoever issued a web identity; botocore asks again.
    fileprivate var unsignedRetryReason: RetryPolicy.Reason? {
        code == "IDPCommunicationError" ? .transient : retryReason
    }

    /// As trouble of signing in.
    func signInTrouble(_ operation: String, kind: Trouble.Kind? = nil, hint: String?) -> Trouble {
        Trouble(
            kind ?? self.kind, code: code, message: message, operation: operation, requestID: requestID, hint: hint)
    }
}

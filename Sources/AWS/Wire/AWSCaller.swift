import FinOps
import Foundation
import HTTP

/// Asks AWS one question. The sources know nothing else of the wire.
protocol AWSCaller: Sendable {
    /// `decode` reads a body; throwing means that it is no answer, and the question is asked again. Throws `Trouble`.
    func call<Value: Sendable>(
        _ operation: ReadOperation, body: Data, decode: @Sendable (Data) throws -> Value
    ) async throws -> ServiceAnswer<Value>

    /// The same where the headers of the response are part of the answer.
    func call<Value: Sendable>(
        _ operation: ReadOperation, _ message: CallMessage, decode: @Sendable (HTTPResponse) throws -> Value
    ) async throws -> ServiceAnswer<Value>
}

/// What was answered, with what an auditor cites.
struct ServiceAnswer<Value: Sendable>: Sendable {
    let value: Value
    let body: Data
    let requestID: String?
    let receivedAt: Timestamp
    /// An earlier run paid for it; nothing was sent.
    var isFromCache = false
}

/// The caller of this process: every question with the same keys.
struct AWSClient: AWSCaller {
    let connection: ServiceConnection
    let credentials: CredentialStore

    func call<Value: Sendable>(
        _ operation: ReadOperation, body: Data, decode: @Sendable (Data) throws -> Value
    ) async throws -> ServiceAnswer<Value> {
        try await connection.exchange(operation.call, body: body, credentials: credentials, decode: decode)
    }

    func call<Value: Sendable>(
        _ operation: ReadOperation, _ message: CallMessage, decode: @Sendable (HTTPResponse) throws -> Value
    ) async throws -> ServiceAnswer<Value> {
        try await connection.exchange(operation.call, message, credentials: credentials, decode: decode)
    }
}

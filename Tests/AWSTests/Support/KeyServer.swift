import FinOps
import FlyingFox
import FlyingSocks
import Foundation
import HTTP

@testable import AWS

/// What a server of keys was asked.
struct KeyQuestion: Hashable, Sendable {
    /// `GET /keys`.
    let line: String
    /// Names in lower case.
    let headers: [String: String]
    let body: String
}

/// Serves keys on loopback for the length of `body`, and keeps what was asked.
func withKeyServer<Value>(
    answer: @escaping @Sendable (KeyQuestion) async -> LoopbackAnswer,
    _ body: (_ url: String, _ questions: Locked<[KeyQuestion]>) async throws -> Value
) async throws -> Value {
    let asked = Locked<[KeyQuestion]>([])
    let handler = ClosureHTTPHandler { request in
        var headers: [String: String] = [:]
        for (name, value) in request.headers { headers[name.rawValue.lowercased()] = value }
        let query = request.target.query()
        let question = KeyQuestion(
            line: "\(request.method.rawValue) \(request.target.path())" + (query.isEmpty ? "" : "?\(query)"),
            headers: headers, body: String(decoding: try await request.bodyData, as: UTF8.self))
        asked.withLock { $0.append(question) }
        let said = await answer(question)
        return FlyingFox.HTTPResponse(
            statusCode: HTTPStatusCode(said.status, phrase: "Status"), body: Data(said.body.utf8))
    }
    let server = HTTPServer(
        address: try .inet(ip4: "127.0.0.1", port: 0), timeout: 60, logger: .disabled, handler: handler)
    let serving = Task { try await server.run() }
    try await server.waitUntilListening(timeout: 300)
    guard case .ip4(_, let port) = await server.listeningAddress else { throw POSIXError(.EADDRNOTAVAIL) }
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body("http://127.0.0.1:\(port)", asked)) } catch { outcome = .failure(error) }
    await server.stop(timeout: 0)
    serving.cancel()
    _ = await serving.result
    return try outcome.get()
}

extension LoopbackAnswer {
    static func keys(_ id: String, expires: String) -> Self {
        Self(
            body: """
                {"Code":"Success","AccessKeyId":"\(id)","SecretAccessKey":"s","Token":"t","Expiration":"\(expires)"}
                """)
    }
}

/// The keys a plan leads to, without asking AWS anything with them.
func keys(
    _ http: any HTTPSending, environment: [String: String] = [:], profile: String? = nil, files: SettingsFiles,
    clock: any FinOps.Clock = ManualClock(), aids: SignInAids = SignInAids()
) async throws -> Credentials {
    let settings = try ResolvedSettings(
        profile: profile, region: nil, endpointURL: nil, environment: environment, homeDirectory: "/home/ann",
        files: files)
    return try await store(settings, http, clock: clock, aids: aids).credentials()
}

func store(
    _ settings: ResolvedSettings, _ http: any HTTPSending, clock: any FinOps.Clock = ManualClock(),
    aids: SignInAids = SignInAids()
) -> CredentialStore {
    let connection = ServiceConnection(
        http: http, requests: RequestBuilder(endpoints: settings.endpoints), policy: settings.retries,
        budget: RetryBudget(), limits: [:], meter: UsageMeter(), skew: ClockSkewMeter(),
        interpreter: FailureInterpreter(plan: settings.plan, endpoints: settings.endpoints), clock: clock,
        randomness: ConstantRandomness())
    return settings.plan.store(
        CredentialContext(
            environment: settings.environment, homeDirectory: settings.homeDirectory, profile: settings.selection.name,
            region: settings.region.name, files: settings.files, load: settings.load, aids: aids, connection: connection
        ))
}

/// The real wire without its short deadlines, which a busy machine may miss; what the deadlines are is tested elsewhere.
struct PatientWire: HTTPSending {
    let http: HTTP.HTTPClient

    func send(_ request: HTTP.HTTPRequest) async throws -> HTTP.HTTPResponse {
        var request = request
        request.deadlineSeconds = 300
        return try await http.send(request)
    }
}

func withPatientHTTP<Value>(_ body: (PatientWire) async throws -> Value) async throws -> Value {
    try await withHTTP { try await body(PatientWire(http: $0)) }
}

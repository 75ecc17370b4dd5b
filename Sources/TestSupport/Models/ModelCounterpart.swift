import Foundation

/// The providers of language models, played over TLS for the time of one test: it answers what the test tells it to, in the
/// wire format that is asked for, and keeps every request.
public final class ModelCounterpart: Sendable {
    public enum Manner: String, Sendable, CaseIterable, Encodable {
        case ok, slow, hangup, throttled, overloaded, forbidden, unknown, bad, malformed
        /// The connection ends in the middle of the answer.
        case truncated
        /// The provider tells of trouble in the middle of a stream.
        case broken
        /// The answer ended at its limit of tokens.
        case cutoff
        /// The provider's filter.
        case declined
    }

    public struct Answer: Sendable, Encodable {
        let text: String
        let manner: Manner
        let wait: String

        public init(_ text: String = "", _ manner: Manner = .ok, waitSeconds: Int = 0) {
            (self.text, self.manner, wait) = (text, manner, String(waitSeconds))
        }
    }

    public struct Request: Sendable, Decodable {
        public let path: String
        public let headers: [String: String]
        public let body: String
    }

    /// What the counterpart wants as its key.
    public static let key = "secret-model-key"

    private let folder: TemporaryFolder
    private let server: PythonServer
    private let front: TLSFront

    public static func start(_ answers: [Answer], _ fault: TLSFront.Fault = .none) async throws -> ModelCounterpart {
        let folder = try TemporaryFolder()
        let program = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "model_provider.py").path
        let server = try await PythonServer.start("the model", [program, folder.path], announces: "http://")
        let port = Int(server.url.split(separator: ":").last ?? "") ?? 0
        let counterpart = ModelCounterpart(folder, server, try await TLSFront(upstreamPort: port, fault))
        try counterpart.answer(answers)
        return counterpart
    }

    private init(_ folder: TemporaryFolder, _ server: PythonServer, _ front: TLSFront) {
        (self.folder, self.server, self.front) = (folder, server, front)
    }

    /// `https://127.0.0.1:PORT`; certificates are of `bundlePath`'s authority.
    public var url: String { front.url }
    /// The same without TLS, as a server on this machine is asked.
    public var plainURL: String { server.url }
    public var bundlePath: String { front.bundlePath }

    /// The last is repeated.
    public func answer(_ answers: [Answer]) throws {
        try JSONEncoder().encode(answers).write(to: URL(filePath: folder.path + "/answers.json"), options: .atomic)
    }

    public func requests() throws -> [Request] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix("request-") && $0.hasSuffix(".json") }.sorted()
            .map {
                try JSONDecoder().decode(Request.self, from: Data(contentsOf: URL(filePath: "\(folder.path)/\($0)")))
            }
    }

    public func stop() {
        front.stop()
        server.stop()
    }
}

/// The counterpart for the length of `body`; always stopped.
public func withModel<Value>(
    _ answers: [ModelCounterpart.Answer], _ fault: TLSFront.Fault = .none,
    _ body: (ModelCounterpart) async throws -> Value
) async throws -> Value {
    let model = try await ModelCounterpart.start(answers, fault)
    defer { model.stop() }
    return try await body(model)
}

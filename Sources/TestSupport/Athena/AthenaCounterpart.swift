import Foundation

/// Athena's protocol as moto speaks it, with the embedded engine answering the SQL that was sent.
public final class AthenaCounterpart: Sendable {
    /// `http://127.0.0.1:PORT`.
    public let url: String
    private let server: PythonServer

    private init(_ server: PythonServer) { (self.server, url) = (server, server.url) }

    /// - Parameters:
    ///   - definition: SQL that makes the tables.
    ///   - scannedBytes: What each query is said to have scanned.
    public static func start(
        before moto: MotoServer, tables definition: String, scannedBytes: Int
    ) async throws -> AthenaCounterpart {
        let program = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "athena_front.py").path
        return AthenaCounterpart(
            try await PythonServer.start(
                "Athena", [program, moto.url, TestEngine.executable, definition, "\(scannedBytes)"],
                announces: "http://"))
    }

    public func stop() { server.stop() }
}

import Foundation

/// TLS before a loopback server, with certificates of an authority of its own: in order, or broken in one way.
public final class TLSFront: Sendable {
    public enum Fault: String, Sendable, CaseIterable {
        case none
        /// The connection ends without a word of farewell, as if the line were cut.
        case noCloseNotify = "no-close-notify"
        /// Reset after the client's first message.
        case handshakeReset = "handshake-reset"
        /// The server wants what no client offers, and says so.
        case noSharedCipher = "no-shared-cipher"
        /// The server speaks HTTP where TLS is expected.
        case notTLS = "not-tls"
        case wrongHost = "wrong-host"
        case expired
        case unknownAuthority = "unknown-authority"
    }

    /// `https://127.0.0.1:PORT`.
    public var url: String { server.url }
    /// The authority's certificate, for AWS_CA_BUNDLE.
    public let bundlePath: String
    private let folder: TemporaryFolder
    private let server: PythonServer

    /// - Parameter connections: So many suffer the fault, the later ones none.
    public init(
        upstreamPort: Int, _ fault: Fault = .none, connections: Int = .max
    ) async throws {
        folder = try TemporaryFolder()
        bundlePath = folder.path + "/ca.pem"
        let program = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "tls_front.py").path
        server = try await PythonServer.start(
            "the TLS front", [program, "\(upstreamPort)", fault.rawValue, "\(connections)", folder.path],
            announces: "https://")
    }

    public func stop() { server.stop() }
}

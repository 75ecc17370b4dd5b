import COpenSSL
public import Foundation

/// SHA-256, at once or piece by piece.
///
/// Neither form throws: OpenSSL cannot fail at it unless memory is exhausted or its configuration removed SHA-256, and
/// then nothing this program says could be relied on, so it stops.
public struct SHA256: ~Copyable {
    public static let byteCount = 32

    private let context: OpaquePointer
    /// Fetched once: what `EVP_sha256()` names is looked up anew for every digest.
    private nonisolated(unsafe) static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)

    /// The 32 bytes of the digest.
    public static func digest(of bytes: Data) -> Data {
        var digest = Data(count: byteCount)
        let status = digest.withUnsafeMutableBytes { output in
            bytes.withUnsafeBytes { input in
                EVP_Digest(
                    input.baseAddress, input.count, output.assumingMemoryBound(to: UInt8.self).baseAddress, nil,
                    algorithm, nil)
            }
        }
        precondition(
            status == 1, "OpenSSL could not compute SHA-256: \(OpenSSLError.drainQueue() ?? "no reason given")")
        return digest
    }

    /// Starts a digest of bytes that arrive in pieces.
    public init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, SHA256.algorithm, nil) == 1 else {
            preconditionFailure("OpenSSL has no SHA-256: \(OpenSSLError.drainQueue() ?? "no reason given")")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds the next piece.
    public mutating func update(_ bytes: Data) {
        let status = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        precondition(status == 1, "OpenSSL could not continue a SHA-256")
    }

    /// The 32 bytes of the digest of everything added so far.
    public consuming func finalize() -> Data {
        var digest = Data(count: SHA256.byteCount)
        let status = digest.withUnsafeMutableBytes {
            EVP_DigestFinal_ex(context, $0.assumingMemoryBound(to: UInt8.self).baseAddress, nil)
        }
        precondition(status == 1, "OpenSSL could not finish a SHA-256")
        return digest
    }
}

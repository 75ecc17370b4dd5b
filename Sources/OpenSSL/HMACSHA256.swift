import COpenSSL
public import Foundation

/// HMAC with SHA-256 (RFC 2104), as request signing needs it.
public enum HMACSHA256 {
    /// The 32 bytes of the authentication code. Like ``SHA256`` it stops the program rather than throw.
    public static func authenticate(_ message: Data, key: Data) -> Data {
        var code = Data(count: SHA256.byteCount)
        let done = code.withUnsafeMutableBytes { output in
            message.withUnsafeBytes { input in
                key.withUnsafeBytes { secret in
                    HMAC(
                        EVP_sha256(), secret.baseAddress, Int32(secret.count),
                        input.assumingMemoryBound(to: UInt8.self).baseAddress, input.count,
                        output.assumingMemoryBound(to: UInt8.self).baseAddress, nil) != nil
                }
            }
        }
        precondition(done, "OpenSSL could not compute an HMAC: \(OpenSSLError.drainQueue() ?? "no reason given")")
        return code
    }
}

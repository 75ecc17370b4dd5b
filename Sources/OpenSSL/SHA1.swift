import COpenSSL
public import Foundation

/// SHA-1, for names only: AWS's tools call their cache files by it. Nothing is protected by it here.
public enum SHA1 {
    /// Forty digits in lower case.
    public static func hexDigest(of bytes: Data) -> String {
        var digest = [UInt8](repeating: 0, count: 20)
        let status = bytes.withUnsafeBytes { EVP_Digest($0.baseAddress, $0.count, &digest, nil, EVP_sha1(), nil) }
        precondition(status == 1, "OpenSSL could not compute SHA-1: \(OpenSSLError.drainQueue() ?? "no reason given")")
        let digits = Array("0123456789abcdef")
        return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}

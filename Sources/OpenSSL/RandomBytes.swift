import COpenSSL
public import Foundation

/// Unpredictable bytes from OpenSSL's generator, which the kernel seeds.
public enum RandomBytes {
    /// Throws `library_failure` when there is no entropy, and never returns weaker bytes instead.
    public static func generate(_ count: Int) throws(OpenSSLError) -> Data {
        var bytes = Data(count: count)
        let status = bytes.withUnsafeMutableBytes {
            RAND_bytes($0.assumingMemoryBound(to: UInt8.self).baseAddress, Int32($0.count))
        }
        guard count == 0 || status == 1 else {
            throw .drained(.libraryFailure, "the random number generator gave nothing")
        }
        return bytes
    }
}

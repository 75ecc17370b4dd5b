import COpenSSL
import Foundation

/// Owns one `EVP_PKEY`. Unchecked, because the compiler cannot see that OpenSSL allows a key that nobody changes to be
/// used from several threads; nothing here changes a key after it was made.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes ownership. Refuses everything that is not a key on P-256.
    init(adopting pointer: OpaquePointer) throws(OpenSSLError) {
        self.pointer = pointer
        guard KeyHandle.groupName(of: pointer) == "prime256v1" else {
            throw .drained(.unsupportedKey, "the key is not an ECDSA key on the curve P-256")
        }
    }

    deinit { EVP_PKEY_free(pointer) }

    private static func groupName(of key: OpaquePointer) -> String? {
        var text = [CChar](repeating: 0, count: 64)
        var length = 0
        guard EVP_PKEY_get_group_name(key, &text, text.count, &length) == 1 else { return nil }
        return String(decoding: text.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// A memory buffer in OpenSSL's clothes.
struct MemoryBuffer: ~Copyable {
    let pointer: OpaquePointer

    init(_ text: String = "") throws(OpenSSLError) {
        guard let buffer = BIO_new(BIO_s_mem()) else { throw .drained(.libraryFailure, "out of memory") }
        let bytes = Array(text.utf8)
        guard bytes.isEmpty || BIO_write(buffer, bytes, Int32(bytes.count)) == Int32(bytes.count) else {
            BIO_free(buffer)
            throw .drained(.libraryFailure, "out of memory")
        }
        pointer = buffer
    }

    deinit { BIO_free(pointer) }

    var contents: Data {
        var bytes: UnsafeMutablePointer<CChar>?
        let count = finops_bio_bytes(pointer, &bytes)
        guard let bytes, count > 0 else { return Data() }
        return Data(bytes: bytes, count: count)
    }
}

import COpenSSL
public import Foundation

/// The half of a P-256 key that verifies.
public struct ECDSAPublicKey: Sendable, Hashable {
    let handle: KeyHandle
    /// SubjectPublicKeyInfo in DER: what is compared, hashed and pinned.
    public let spki: Data

    /// Reads the `PUBLIC KEY` block that `openssl pkey -pubout` writes. Throws `unreadable_key` or `unsupported_key`.
    public init(pem: String) throws(OpenSSLError) {
        let buffer = try MemoryBuffer(pem)
        guard let key = PEM_read_bio_PUBKEY(buffer.pointer, nil, nil, nil) else {
            throw .drained(.unreadableKey, "the text holds no public key in PEM")
        }
        handle = try KeyHandle(adopting: key)
        spki = try PublicKeyCoding.spki(of: handle)
    }

    /// Reads SubjectPublicKeyInfo in DER, nothing before and nothing after it.
    public init(spki bytes: Data) throws(OpenSSLError) {
        var consumed = 0
        let key = bytes.withUnsafeBytes { input -> OpaquePointer? in
            var cursor = input.assumingMemoryBound(to: UInt8.self).baseAddress
            let start = cursor
            let key = d2i_PUBKEY(nil, &cursor, input.count)
            if let start, let cursor { consumed = cursor - start }
            return key
        }
        guard let key else { throw .drained(.unreadableKey, "the bytes are no public key in DER") }
        handle = try KeyHandle(adopting: key)
        guard consumed == bytes.count else { throw OpenSSLError(.unreadableKey, "bytes follow the public key") }
        spki = try PublicKeyCoding.spki(of: handle)
    }

    /// `PUBLIC KEY` in PEM.
    public var pem: String {
        get throws(OpenSSLError) {
            let buffer = try MemoryBuffer()
            guard PEM_write_bio_PUBKEY(buffer.pointer, handle.pointer) == 1 else {
                throw .drained(.libraryFailure, "the public key could not be written")
            }
            return String(decoding: buffer.contents, as: UTF8.self)
        }
    }

    /// Base64 of SHA-256 of the SPKI, as cosign derives it. A hint finds a key; it never decides anything.
    public var hint: String { SHA256.digest(of: spki).base64EncodedString() }

    /// Whether this DER signature over SHA-256 of exactly these bytes was made by the private half. A damaged signature
    /// is false, not an error.
    public func isValid(_ signature: Data, for message: Data) -> Bool {
        guard !signature.isEmpty, let context = EVP_MD_CTX_new() else { return false }
        defer {
            EVP_MD_CTX_free(context)
            OpenSSLError.drainQueue()
        }
        guard EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, handle.pointer) == 1 else { return false }
        return signature.withUnsafeBytes { proof in
            message.withUnsafeBytes { input in
                EVP_DigestVerify(
                    context, proof.assumingMemoryBound(to: UInt8.self).baseAddress, proof.count,
                    input.assumingMemoryBound(to: UInt8.self).baseAddress, input.count) == 1
            }
        }
    }

    public static func == (left: ECDSAPublicKey, right: ECDSAPublicKey) -> Bool { left.spki == right.spki }
    public func hash(into hasher: inout Hasher) { hasher.combine(spki) }
}

enum PublicKeyCoding {
    static func spki(of key: KeyHandle) throws(OpenSSLError) -> Data {
        var bytes: UnsafeMutablePointer<UInt8>?
        let count = i2d_PUBKEY(key.pointer, &bytes)
        guard count > 0, let bytes else { throw .drained(.libraryFailure, "the public key could not be written") }
        defer { CRYPTO_free(bytes, nil, 0) }
        return Data(bytes: bytes, count: Int(count))
    }
}

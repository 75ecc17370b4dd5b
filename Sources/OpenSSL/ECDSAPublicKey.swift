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
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        guard PEM_bytes_read_bio(&bytes, &count, nil, PEM_STRING_PUBLIC, buffer.pointer, nil, nil) == 1, let bytes
        else { throw .drained(.unreadableKey, "the text holds no public key in PEM") }
        defer { CRYPTO_free(bytes, nil, 0) }
        try self.init(spki: Data(bytes: bytes, count: count))
    }

    /// Reads SubjectPublicKeyInfo in DER, nothing before and nothing after it.
    public init(spki bytes: Data) throws(OpenSSLError) {
        if let point = PublicKeyCoding.point(in: bytes) {
            handle = try PublicKeyCoding.key(at: point)
            spki = bytes
            return
        }
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
    /// What precedes the coordinates in the DER of every uncompressed P-256 key (RFC 5480).
    private static let prefix = Data(base64Encoded: "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE")!
    /// Any key on the curve: a fresh one costs nothing more than the curve's parameters.
    private static let template = Result { () throws(OpenSSLError) in try ECDSAPrivateKey.generate().handle }

    /// The point of a key that is written as every tool writes it; nil for other forms, which OpenSSL's decoder reads.
    static func point(in spki: Data) -> Data? {
        spki.count == prefix.count + 64 && spki.starts(with: prefix) ? spki.suffix(65) : nil
    }

    /// The key at a point of P-256, forty times as fast as the decoder of OpenSSL 3. Throws `unreadable_key` when the point
    /// is not on the curve.
    static func key(at point: Data) throws(OpenSSLError) -> KeyHandle {
        guard let key = EVP_PKEY_new(), EVP_PKEY_copy_parameters(key, try template.get().pointer) == 1 else {
            throw .drained(.libraryFailure, "no key could be made")
        }
        let handle = try KeyHandle(adopting: key)
        let status = point.withUnsafeBytes {
            EVP_PKEY_set1_encoded_public_key(key, $0.assumingMemoryBound(to: UInt8.self).baseAddress, $0.count)
        }
        guard status == 1 else { throw .drained(.unreadableKey, "the public key is no point of its curve") }
        return handle
    }

    static func spki(of key: KeyHandle) throws(OpenSSLError) -> Data {
        var bytes: UnsafeMutablePointer<UInt8>?
        let count = i2d_PUBKEY(key.pointer, &bytes)
        guard count > 0, let bytes else { throw .drained(.libraryFailure, "the public key could not be written") }
        defer { CRYPTO_free(bytes, nil, 0) }
        return Data(bytes: bytes, count: Int(count))
    }
}

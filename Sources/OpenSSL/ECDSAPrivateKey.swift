import COpenSSL
public import Foundation

/// A private key on P-256, the one algorithm that `openssl dgst`, CMS, KMS, cosign and hardware tokens all share.
public struct ECDSAPrivateKey: Sendable {
    /// Enough work that guessing a passphrase is slow, little enough that nobody waits for it.
    static let passphraseIterations: Int32 = 600_000

    let handle: KeyHandle

    /// A fresh key.
    public static func generate() throws(OpenSSLError) -> ECDSAPrivateKey {
        guard let key = finops_generate_p256() else { throw .drained(.libraryFailure, "no key could be generated") }
        return ECDSAPrivateKey(handle: try KeyHandle(adopting: key))
    }

    /// Reads PKCS#8, encrypted PKCS#8 or the `EC PRIVATE KEY` that `openssl ecparam -genkey` writes.
    ///
    /// Throws `passphrase_needed`, `passphrase_wrong`, `unreadable_key` or `unsupported_key`.
    public init(pem: String, passphrase: String? = nil) throws(OpenSSLError) {
        let isEncrypted =
            pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || pem.contains("Proc-Type: 4,ENCRYPTED")
        guard isEncrypted else {
            handle = try ECDSAPrivateKey.readPlain(pem)
            return
        }
        guard let passphrase else {
            throw OpenSSLError(.passphraseNeeded, "the private key is encrypted and needs its passphrase")
        }
        handle = try ECDSAPrivateKey.readEncrypted(pem, passphrase: passphrase)
    }

    private init(handle: KeyHandle) { self.handle = handle }

    /// The half that may be shown.
    public var publicKey: ECDSAPublicKey {
        get throws(OpenSSLError) { try ECDSAPublicKey(spki: PublicKeyCoding.spki(of: handle)) }
    }

    /// PKCS#8 in PEM; with a passphrase AES-256-CBC under PBKDF2-HMAC-SHA-256.
    public func pem(passphrase: String? = nil) throws(OpenSSLError) -> String {
        let buffer = try MemoryBuffer()
        guard let plain = EVP_PKEY2PKCS8(handle.pointer) else {
            throw .drained(.libraryFailure, "the key has no PKCS#8")
        }
        defer { PKCS8_PRIV_KEY_INFO_free(plain) }
        if let passphrase {
            let sealed = PKCS8_encrypt(
                -1, EVP_aes_256_cbc(), passphrase, Int32(passphrase.utf8.count), nil, 0,
                ECDSAPrivateKey.passphraseIterations, plain)
            guard let sealed else { throw .drained(.libraryFailure, "the key could not be encrypted") }
            defer { X509_SIG_free(sealed) }
            guard PEM_write_bio_PKCS8(buffer.pointer, sealed) == 1 else {
                throw .drained(.libraryFailure, "the key could not be written")
            }
        } else {
            guard PEM_write_bio_PKCS8_PRIV_KEY_INFO(buffer.pointer, plain) == 1 else {
                throw .drained(.libraryFailure, "the key could not be written")
            }
        }
        return String(decoding: buffer.contents, as: UTF8.self)
    }

    /// A DER signature over SHA-256 of the message. Two signatures of one message differ: ECDSA here is randomised.
    public func sign(_ message: Data) throws(OpenSSLError) -> Data {
        guard let context = EVP_MD_CTX_new() else { throw .drained(.libraryFailure, "out of memory") }
        defer { EVP_MD_CTX_free(context) }
        var count = 0
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, handle.pointer) == 1,
            EVP_DigestSign(context, nil, &count, nil, 0) == 1
        else { throw .drained(.libraryFailure, "signing could not start") }
        var signature = [UInt8](repeating: 0, count: count)
        let status = message.withUnsafeBytes {
            EVP_DigestSign(context, &signature, &count, $0.assumingMemoryBound(to: UInt8.self).baseAddress, $0.count)
        }
        guard status == 1 else { throw .drained(.libraryFailure, "the message could not be signed") }
        return Data(signature.prefix(count))
    }
}

extension ECDSAPrivateKey {
    private static func readPlain(_ pem: String) throws(OpenSSLError) -> KeyHandle {
        let buffer = try MemoryBuffer(pem)
        // Without a callback OpenSSL would ask for a passphrase on the terminal.
        guard let key = PEM_read_bio_PrivateKey(buffer.pointer, nil, { _, _, _, _ in 0 }, nil) else {
            throw .drained(.unreadableKey, "the text holds no private key in PEM")
        }
        return try KeyHandle(adopting: key)
    }

    /// Opens the envelope and the key in two steps, so that a wrong passphrase and a damaged key are told apart.
    private static func readEncrypted(_ pem: String, passphrase: String) throws(OpenSSLError) -> KeyHandle {
        let buffer = try MemoryBuffer(pem)
        guard let sealed = PEM_read_bio_PKCS8(buffer.pointer, nil, nil, nil) else {
            throw .drained(
                .unreadableKey, "the text holds no encrypted PKCS#8 key; only that form of encryption is read")
        }
        defer { X509_SIG_free(sealed) }
        guard let plain = PKCS8_decrypt(sealed, passphrase, Int32(passphrase.utf8.count)) else {
            throw .drained(.passphraseWrong, "the passphrase does not open the private key")
        }
        defer { PKCS8_PRIV_KEY_INFO_free(plain) }
        guard let key = EVP_PKCS82PKEY(plain) else { throw .drained(.unreadableKey, "the private key is damaged") }
        return try KeyHandle(adopting: key)
    }
}

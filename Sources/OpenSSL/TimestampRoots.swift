import COpenSSL
import Foundation

/// The root certificates of trusted time-stamping authorities.
public final class TimestampRoots: @unchecked Sendable {
    private let certificates: [OpaquePointer]

    /// Reads every `CERTIFICATE` block. Throws `unreadable_certificate` when there is none, or when one is damaged.
    public init(pem: String) throws(OpenSSLError) {
        defer { OpenSSLError.drainQueue() }
        let buffer = try MemoryBuffer(pem)
        var certificates: [OpaquePointer] = []
        while let certificate = PEM_read_bio_X509(buffer.pointer, nil, nil, nil) { certificates.append(certificate) }
        self.certificates = certificates
        let announced = pem.components(separatedBy: "-----BEGIN CERTIFICATE-----").count - 1
        guard !certificates.isEmpty, certificates.count == announced else {
            throw OpenSSLError(
                .unreadableCertificate,
                certificates.isEmpty ? "the text holds no certificate in PEM" : "one of its certificates is damaged")
        }
    }

    deinit { certificates.forEach(X509_free) }

    /// A store that judges certificates at that moment instead of now. The caller owns it.
    func store(at secondsSinceEpoch: Int) -> OpaquePointer? {
        guard let store = X509_STORE_new() else { return nil }
        for certificate in certificates where X509_STORE_add_cert(store, certificate) != 1 {
            X509_STORE_free(store)
            return nil
        }
        X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), secondsSinceEpoch)
        return store
    }
}

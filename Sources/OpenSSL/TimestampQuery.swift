import COpenSSL
public import Foundation

/// A question to a time-stamping authority (RFC 3161): SHA-256 of a message, a random nonce, and the wish for the
/// certificates that are needed to verify the answer.
public struct TimestampQuery: Sendable {
    /// What is sent as `application/timestamp-query`.
    public let bytes: Data
    let message: Data
    let nonce: Data

    /// Asks for the time at which `message` exists. Throws `library_failure`.
    public init(message: Data) throws(OpenSSLError) {
        self.message = message
        // A leading zero would be dropped by DER; a high bit would need one more.
        nonce = Data([0x40 | (try RandomBytes.generate(1)[0] & 0x3f)]) + (try RandomBytes.generate(15))
        bytes = try TimestampQuery.encoded(imprint: SHA256.digest(of: message), nonce: nonce)
    }

    private static func encoded(imprint digest: Data, nonce: Data) throws(OpenSSLError) -> Data {
        let failure = "the time-stamp query could not be made"
        guard let query = TS_REQ_new(), let imprint = TS_MSG_IMPRINT_new(), let algorithm = X509_ALGOR_new() else {
            throw .drained(.libraryFailure, failure)
        }
        defer {
            TS_REQ_free(query)
            TS_MSG_IMPRINT_free(imprint)
            X509_ALGOR_free(algorithm)
        }
        var digest = Array(digest)
        guard X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nil) == 1,
            TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1,
            TS_MSG_IMPRINT_set_msg(imprint, &digest, Int32(digest.count)) == 1,
            TS_REQ_set_version(query, 1) == 1, TS_REQ_set_msg_imprint(query, imprint) == 1,
            TS_REQ_set_cert_req(query, 1) == 1, set(nonce, in: query)
        else { throw .drained(.libraryFailure, failure) }
        var bytes: UnsafeMutablePointer<UInt8>?
        let count = i2d_TS_REQ(query, &bytes)
        guard count > 0, let bytes else { throw .drained(.libraryFailure, failure) }
        defer { CRYPTO_free(bytes, nil, 0) }
        return Data(bytes: bytes, count: Int(count))
    }

    private static func set(_ nonce: Data, in query: OpaquePointer) -> Bool {
        guard let number = BN_bin2bn(Array(nonce), Int32(nonce.count), nil) else { return false }
        defer { BN_free(number) }
        guard let integer = BN_to_ASN1_INTEGER(number, nil) else { return false }
        defer { ASN1_INTEGER_free(integer) }
        return TS_REQ_set_nonce(query, integer) == 1
    }
}

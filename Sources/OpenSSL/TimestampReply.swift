import COpenSSL
public import Foundation

/// When and by whom a message was seen, once everything about the stamp holds.
public struct VerifiedStamp: Hashable, Sendable {
    /// The authority's time (genTime), in whole seconds since 1970.
    public let secondsSinceEpoch: Int
    /// The subject of the authority's certificate, RFC 2253.
    public let authority: String
}

/// Why a stamp does not count. Each is another remedy: ask again, ask another authority, or trust its root.
public enum StampRefusal: String, Error, Hashable, Sendable, CaseIterable {
    /// Not one whole RFC 3161 response in DER.
    case malformed
    /// The authority said no, or changed what it was asked.
    case notGranted = "not_granted"
    /// It is over other bytes, or over a digest other than SHA-256.
    case otherMessage = "other_message"
    /// It answers another question.
    case wrongNonce = "wrong_nonce"
    /// No trusted root vouches, at the time it names, for a certificate that may stamp; or its signature does not hold.
    case untrusted

    /// For people.
    public var sentence: String {
        switch self {
        case .malformed: "it is no RFC 3161 response"
        case .notGranted: "the authority did not grant it as asked"
        case .otherMessage: "it is over other bytes"
        case .wrongNonce: "it answers another question"
        case .untrusted: "no trusted authority signed it with a certificate that was valid then"
        }
    }
}

/// The response of a time-stamping authority, read and verified by OpenSSL's `TS_` functions.
public struct TimestampReply: Sendable {
    /// Larger ones are refused unread: a stamp with its certificates has a few kilobytes.
    public static let limitBytes = 64 << 10

    private let handle: Handle
    /// The authority's time (genTime), in seconds since 1970.
    private let seconds: Int

    /// Throws `malformed`, or `not_granted` for anything but a plain "granted".
    public init(_ bytes: Data) throws(StampRefusal) {
        defer { OpenSSLError.drainQueue() }
        guard bytes.count <= TimestampReply.limitBytes, let handle = Handle(bytes) else { throw .malformed }
        guard let status = TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(handle.pointer)) else { throw .malformed }
        guard ASN1_INTEGER_get(status) == TS_STATUS_GRANTED else { throw .notGranted }
        guard TS_RESP_get_token(handle.pointer) != nil, let info = TS_RESP_get_tst_info(handle.pointer),
            let seconds = TimestampReply.seconds(TS_TST_INFO_get_time(info))
        else { throw .malformed }
        self.handle = handle
        self.seconds = seconds
    }

    /// Whether it stamps exactly this message, by an authority that `roots` vouch for. Certificates are judged at the time
    /// the stamp names, so that a stamp of 2026 still holds when its certificate has long expired.
    public func verify(over message: Data, roots: TimestampRoots) throws(StampRefusal) -> VerifiedStamp {
        try verify(over: message, nonce: nil, roots: roots)
    }

    /// The same for a fresh answer, which must also carry the question's nonce.
    public func verify(
        answering query: TimestampQuery, roots: TimestampRoots
    ) throws(StampRefusal) -> VerifiedStamp {
        try verify(over: query.message, nonce: query.nonce, roots: roots)
    }

    private func verify(
        over message: Data, nonce: Data?, roots: TimestampRoots
    ) throws(StampRefusal) -> VerifiedStamp {
        defer { OpenSSLError.drainQueue() }
        guard imprint == SHA256.digest(of: message) else { throw .otherMessage }
        if let nonce, nonce != self.nonce { throw .wrongNonce }
        guard let context = TS_VERIFY_CTX_new(), let store = roots.store(at: seconds) else { throw .untrusted }
        defer { TS_VERIFY_CTX_free(context) }
        // The context takes the store over and frees it.
        TS_VERIFY_CTX_set_store(context, store)
        TS_VERIFY_CTX_set_flags(context, Int32(TS_VFY_VERSION | TS_VFY_SIGNER | TS_VFY_SIGNATURE))
        guard TS_RESP_verify_response(context, handle.pointer) == 1, let authority else { throw .untrusted }
        return VerifiedStamp(secondsSinceEpoch: seconds, authority: authority)
    }

    /// Nil when the digest is not SHA-256.
    private var imprint: Data? {
        let imprint = TS_TST_INFO_get_msg_imprint(TS_RESP_get_tst_info(handle.pointer))
        var object: OpaquePointer?
        X509_ALGOR_get0(&object, nil, nil, TS_MSG_IMPRINT_get_algo(imprint))
        guard OBJ_obj2nid(object) == NID_sha256, let digest = TS_MSG_IMPRINT_get_msg(imprint) else { return nil }
        return Data(bytes: ASN1_STRING_get0_data(digest), count: Int(ASN1_STRING_length(digest)))
    }

    private var nonce: Data? {
        guard let integer = TS_TST_INFO_get_nonce(TS_RESP_get_tst_info(handle.pointer)) else { return nil }
        return Data(bytes: ASN1_STRING_get0_data(integer), count: Int(ASN1_STRING_length(integer)))
    }

    private var authority: String? {
        guard let buffer = try? MemoryBuffer(),
            finops_stamp_signer(TS_RESP_get_token(handle.pointer), buffer.pointer) == 1
        else { return nil }
        return String(decoding: buffer.contents, as: UTF8.self)
    }

    private static func seconds(_ time: UnsafePointer<ASN1_GENERALIZEDTIME>?) -> Int? {
        var parts = tm()
        guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
        return timegm(&parts)
    }

    /// Owns one `TS_RESP`, which nothing changes after it was read.
    private final class Handle: @unchecked Sendable {
        let pointer: OpaquePointer

        /// Nil unless the bytes are one response and nothing more.
        init?(_ bytes: Data) {
            let response = bytes.withUnsafeBytes { input -> OpaquePointer? in
                let start = input.assumingMemoryBound(to: UInt8.self).baseAddress
                var cursor = start
                let response = d2i_TS_RESP(nil, &cursor, input.count)
                guard let response, let start, let cursor, cursor - start == input.count else {
                    TS_RESP_free(response)
                    return nil
                }
                return response
            }
            guard let response else { return nil }
            pointer = response
        }

        deinit { TS_RESP_free(pointer) }
    }
}

public import FinOps
public import Foundation
public import OpenSSL

/// The one envelope for everything that is signed here: a Sigstore bundle v0.3 around a DSSE envelope with one signature.
public struct SigstoreBundle: Hashable, Sendable {
    public static let mediaType = "application/vnd.dev.sigstore.bundle.v0.3+json"
    /// Larger files are refused before they are decoded.
    public static let limitBytes = 1 << 20

    /// The very bytes that were signed. Read them only after `isSigned(by:)`.
    public let payload: Data
    public let signature: Data
    /// Base64 of SHA-256 of the signer's SPKI. It finds a key and decides nothing.
    public let hint: String
    /// RFC 3161 stamps over the signature.
    public let timestamps: [Data]

    /// Signs the payload.
    public init(signing payload: Data, with key: ECDSAPrivateKey) throws {
        self.payload = payload
        do {
            signature = try key.sign(DSSE.preAuthenticationEncoding(payload: payload))
            hint = try key.publicKey.hint
        } catch {
            throw EvidenceError(.keyUnusable, "the key cannot sign", cause: error.cause ?? error.message)
        }
        timestamps = []
    }

    /// Signs the payload with a key wherever it lies. Throws what the key throws.
    public static func sign(_ payload: Data, with key: any SigningKey) async throws -> SigstoreBundle {
        do {
            let signature = try await key.sign(DSSE.preAuthenticationEncoding(payload: payload))
            return SigstoreBundle(payload: payload, signature: signature, hint: try key.publicKey.hint, timestamps: [])
        } catch let error as OpenSSLError {
            throw EvidenceError(.keyUnusable, "the key cannot sign", cause: error.cause ?? error.message)
        }
    }

    /// The same with one RFC 3161 response more.
    public func adding(stamp: Data) -> SigstoreBundle {
        SigstoreBundle(payload: payload, signature: signature, hint: hint, timestamps: timestamps + [stamp])
    }

    init(payload: Data, signature: Data, hint: String, timestamps: [Data]) {
        (self.payload, self.signature, self.hint, self.timestamps) = (payload, signature, hint, timestamps)
    }

    /// Reads a bundle file. Throws `malformed` for anything but one signature over one statement of the expected type.
    public init(_ bytes: Data) throws {
        guard bytes.count <= SigstoreBundle.limitBytes else {
            throw EvidenceError(.malformed, "the bundle has \(bytes.count) bytes, more than any bundle of ours")
        }
        let form = try EvidenceJSON.decode(BundleForm.self, from: bytes, named: "the bundle")
        guard form.mediaType == SigstoreBundle.mediaType, form.dsseEnvelope.payloadType == DSSE.payloadType else {
            throw EvidenceError(
                .malformed, "the bundle is of another type",
                cause: "\(form.mediaType) with \(form.dsseEnvelope.payloadType)")
        }
        guard form.dsseEnvelope.signatures.count == 1 else {
            throw EvidenceError(
                .malformed, "the bundle has \(form.dsseEnvelope.signatures.count) signatures instead of one")
        }
        hint = form.verificationMaterial.publicKey.hint
        guard form.dsseEnvelope.signatures[0].keyid == hint else {
            throw EvidenceError(.malformed, "the bundle names two different keys")
        }
        payload = try SigstoreBundle.decoded(form.dsseEnvelope.payload)
        signature = try SigstoreBundle.decoded(form.dsseEnvelope.signatures[0].sig)
        timestamps = try (form.verificationMaterial.timestampVerificationData?.rfc3161Timestamps ?? []).map {
            try SigstoreBundle.decoded($0.signedTimestamp)
        }
        // One spelling only: nothing unsigned can hide in the file, and no two readers can differ over it.
        guard try encoded() == bytes else {
            throw EvidenceError(.malformed, "the bundle is not written as ours are")
        }
    }

    /// Whether the key signed exactly `payload` under the in-toto type.
    public func isSigned(by key: ECDSAPublicKey) -> Bool {
        key.isValid(signature, for: DSSE.preAuthenticationEncoding(payload: payload))
    }

    /// SHA-256 of the payload: how other statements refer to this one. The signature is not part of it, since a statement
    /// signed again is the same statement.
    public var payloadDigest: Digest { Digest(of: payload) }

    /// The file: one line of JSON.
    public func encoded() throws -> Data { try EvidenceJSON.line(BundleForm(self)) + Data("\n".utf8) }

    /// Only one spelling of the bytes is accepted.
    private static func decoded(_ text: String) throws -> Data {
        guard let bytes = Data(base64Encoded: text), bytes.base64EncodedString() == text else {
            throw EvidenceError(.malformed, "the bundle holds damaged Base64")
        }
        return bytes
    }
}

/// The bundle as JSON spells it.
private struct BundleForm: Codable {
    let mediaType: String
    let verificationMaterial: Material
    let dsseEnvelope: Envelope

    init(_ bundle: SigstoreBundle) {
        mediaType = SigstoreBundle.mediaType
        verificationMaterial = Material(
            publicKey: PublicKey(hint: bundle.hint), tlogEntries: [],
            timestampVerificationData: TimestampData(
                rfc3161Timestamps: bundle.timestamps.map { Timestamp(signedTimestamp: $0.base64EncodedString()) }))
        dsseEnvelope = Envelope(
            payload: bundle.payload.base64EncodedString(), payloadType: DSSE.payloadType,
            signatures: [Signature(keyid: bundle.hint, sig: bundle.signature.base64EncodedString())])
    }

    struct Material: Codable {
        let publicKey: PublicKey
        let tlogEntries: [String]?
        let timestampVerificationData: TimestampData?
    }
    struct PublicKey: Codable { let hint: String }
    struct TimestampData: Codable { let rfc3161Timestamps: [Timestamp] }
    struct Timestamp: Codable { let signedTimestamp: String }
    struct Envelope: Codable {
        let payload: String
        let payloadType: String
        let signatures: [Signature]
    }
    struct Signature: Codable {
        let keyid: String
        let sig: String
    }
}

import FinOps
public import Foundation
public import OpenSSL

/// AWS KMS, as far as signing needs it. The only door to `kms:Sign`, which is no read: it changes nothing in the account, and
/// AWS writes each signature into CloudTrail.
public struct KeyManagement: Sendable {
    /// What a policy must allow for one key.
    static let permissions = [ServiceCall.getPublicKey.name, ServiceCall.sign.name]

    let connection: ServiceConnection
    let credentials: CredentialStore

    /// Fetches the public half. Throws `Trouble`; `unusableKey` for one that does not sign on P-256.
    public func key(_ arn: KeyARN) async throws -> KeyManagementKey {
        let answer = try await call(.getPublicKey, ["KeyId": .text(arn.text)], as: PublicKeyAnswer.self)
        guard answer.KeySpec ?? answer.CustomerMasterKeySpec == "ECC_NIST_P256", answer.KeyUsage == "SIGN_VERIFY",
            let publicKey = try? ECDSAPublicKey(spki: answer.PublicKey)
        else {
            throw Trouble(
                .notOffered, code: "UnusableKey",
                message: "\(arn.text) is no signing key of the kind ECC_NIST_P256",
                operation: ServiceCall.getPublicKey.name, hint: "make one with key usage SIGN_VERIFY")
        }
        return KeyManagementKey(arn: arn, publicKey: publicKey, service: self)
    }

    /// The message itself is sent and not its digest, so that the service hashes exactly what it signs.
    fileprivate func sign(_ message: Data, with arn: KeyARN) async throws -> Data {
        try await call(
            .sign,
            [
                "KeyId": .text(arn.text), "Message": .text(message.base64EncodedString()), "MessageType": "RAW",
                "SigningAlgorithm": "ECDSA_SHA_256",
            ], as: SignatureAnswer.self
        ).Signature
    }

    private func call<Answer: Decodable & Sendable>(
        _ call: ServiceCall, _ body: RequestJSON, as type: Answer.Type
    ) async throws -> Answer {
        try await connection.exchange(call, body: body.data, credentials: credentials) { bytes in
            let decoder = JSONDecoder()
            decoder.dataDecodingStrategy = .base64
            return try decoder.decode(type, from: bytes)
        }.value
    }
}

/// A private key that never leaves AWS KMS.
public struct KeyManagementKey: Sendable {
    /// The longest message that is signed as it is.
    public static let messageLimitBytes = 4_096

    public let arn: KeyARN
    public let publicKey: ECDSAPublicKey
    let service: KeyManagement

    /// A DER signature over SHA-256 of the message, checked against the public half before it is handed out. Throws `Trouble`.
    public func sign(_ message: Data) async throws -> Data {
        guard message.count <= Self.messageLimitBytes else {
            throw trouble(
                "MessageTooLong", "AWS KMS signs at most \(Self.messageLimitBytes) bytes, not \(message.count)")
        }
        let signature = try await service.sign(message, with: arn)
        guard publicKey.isValid(signature, for: message) else {
            throw trouble("WrongSignature", "what AWS KMS returned is no signature of \(arn.text) over the message")
        }
        return signature
    }

    private func trouble(_ code: String, _ message: String) -> Trouble {
        Trouble(.inconsistent, code: code, message: message, operation: ServiceCall.sign.name)
    }
}

private struct PublicKeyAnswer: Decodable, Sendable {
    let PublicKey: Data
    let KeyUsage: String?
    let KeySpec: String?
    /// The name before 2021; some counterparts still send it alone.
    let CustomerMasterKeySpec: String?
}

private struct SignatureAnswer: Decodable, Sendable {
    let Signature: Data
}

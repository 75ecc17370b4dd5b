public import Foundation
public import OpenSSL

/// A private key that signs statements, wherever it lies: in a file, or in a service that never hands it out.
public protocol SigningKey: Sendable {
    var publicKey: ECDSAPublicKey { get throws }

    /// A DER signature over SHA-256 of exactly this message.
    func sign(_ message: Data) async throws -> Data
}

extension ECDSAPrivateKey: SigningKey {}

import COpenSSL
public import Foundation

/// Signatures as JSON Web Signatures carry them (RFC 7518, 3.4): `ES256`.
extension ECDSAPrivateKey {
    /// The two numbers of a signature over SHA-256 of the message, 32 bytes each, not in DER.
    public func signES256(_ message: Data) throws(OpenSSLError) -> Data {
        let signature = try sign(message)
        let parsed = signature.withUnsafeBytes { input -> OpaquePointer? in
            var cursor = input.assumingMemoryBound(to: UInt8.self).baseAddress
            return d2i_ECDSA_SIG(nil, &cursor, input.count)
        }
        guard let parsed else { throw .drained(.libraryFailure, "the signature could not be taken apart") }
        defer { ECDSA_SIG_free(parsed) }
        return try Coordinate.bytes(of: ECDSA_SIG_get0_r(parsed)) + Coordinate.bytes(of: ECDSA_SIG_get0_s(parsed))
    }
}

extension ECDSAPublicKey {
    /// The point of the key, 32 bytes for each coordinate, as a JSON Web Key names them.
    public var coordinates: (x: Data, y: Data) {
        get throws(OpenSSLError) { (try coordinate("qx"), try coordinate("qy")) }
    }

    private func coordinate(_ name: String) throws(OpenSSLError) -> Data {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(handle.pointer, name, &number) == 1 else {
            throw .drained(.libraryFailure, "the key does not tell its point")
        }
        defer { BN_free(number) }
        return try Coordinate.bytes(of: number)
    }
}

private enum Coordinate {
    /// Big endian, padded to the size of the curve.
    static func bytes(of number: OpaquePointer?) throws(OpenSSLError) -> Data {
        var bytes = [UInt8](repeating: 0, count: 32)
        guard let number, BN_bn2binpad(number, &bytes, 32) == 32 else {
            throw .drained(.libraryFailure, "a number does not fit the curve")
        }
        return Data(bytes)
    }
}

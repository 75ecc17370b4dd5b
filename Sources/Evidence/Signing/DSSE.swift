public import Foundation

/// Dead Simple Signing Envelope v1.0.2, the part that is signed.
public enum DSSE {
    public static let payloadType = "application/vnd.in-toto+json"

    /// `DSSEv1 SP len(type) SP type SP len(payload) SP payload`: what the signature covers, so that neither type nor bytes
    /// can be read another way.
    public static func preAuthenticationEncoding(type: String = payloadType, payload: Data) -> Data {
        Data("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
    }
}

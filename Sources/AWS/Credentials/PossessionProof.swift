import FinOps
import Foundation
import OpenSSL

/// Shows that whoever renews a sign-in still holds the key it was made with: the `DPoP` header of RFC 9449.
struct PossessionProof {
    let key: ECDSAPrivateKey

    /// A signed statement about one POST. `id` must never come again.
    func header(url: String, at moment: Timestamp, id: String) throws -> String {
        let point = try key.publicKey.coordinates
        let header: RequestJSON = [
            "alg": "ES256", "typ": "dpop+jwt",
            "jwk": [
                "crv": "P-256", "kty": "EC", "x": .text(Self.base64URL(point.x)), "y": .text(Self.base64URL(point.y)),
            ],
        ]
        let claims: RequestJSON = [
            "htm": "POST", "htu": .text(url), "iat": .integer(moment.secondsSinceEpoch), "jti": .text(id),
        ]
        let statement = Self.base64URL(header.data) + "." + Self.base64URL(claims.data)
        return statement + "." + Self.base64URL(try key.signES256(Data(statement.utf8)))
    }

    /// Without padding, as RFC 7515 has it.
    private static func base64URL(_ bytes: Data) -> String {
        bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

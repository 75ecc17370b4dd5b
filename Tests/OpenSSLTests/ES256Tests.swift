import Foundation
import OpenSSL
import Testing

@Suite struct ES256Tests {
    /// RFC 7515, appendix A.3: a key, and the point its JSON Web Key names.
    private static let key = """
        -----BEGIN EC PRIVATE KEY-----
        MDECAQEEII6bEJ5xkJi/mASH3x9dd+nLKWBuvtImO19XwhPfhPSyoAoGCCqGSM49AwEH
        -----END EC PRIVATE KEY-----
        """

    @Test func `the point of a key is the one RFC 7515 prints`() throws {
        let point = try ECDSAPrivateKey(pem: Self.key).publicKey.coordinates
        #expect(point.x.base64EncodedString() == "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU=")
        #expect(point.y.base64EncodedString() == "x/FEzRu9m36HLN/tue659LNpXW6pCyStikYjKIWI5a0=")
    }

    @Test func `two numbers of 32 bytes each, whatever their size, are the signature`() throws {
        let key = try ECDSAPrivateKey.generate()
        let message = Data("a message".utf8)
        // One in a hundred or so has a leading zero in r or s.
        for _ in 0..<300 {
            let signature = try key.signES256(message)
            try #require(signature.count == 64)
            let (r, s) = (Array(signature.prefix(32)), Array(signature.suffix(32)))
            #expect(try key.publicKey.isValid(Self.der(r, s), for: message))
        }
    }

    /// SEQUENCE of two INTEGERs, as short as DER wants them.
    private static func der(_ numbers: [UInt8]...) -> Data {
        let integers = numbers.flatMap { number -> [UInt8] in
            var bytes = Array(number.drop { $0 == 0 })
            if bytes[0] >= 0x80 { bytes.insert(0, at: 0) }
            return [0x02, UInt8(bytes.count)] + bytes
        }
        return Data([0x30, UInt8(integers.count)] + integers)
    }
}

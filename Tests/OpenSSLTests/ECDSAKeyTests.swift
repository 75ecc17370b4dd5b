import Foundation
import OpenSSL
import Testing

struct ECDSAKeyTests {
    let message = Data("the month of February".utf8)

    @Test func `a signature holds for its message and its key alone`() throws {
        let key = try ECDSAPrivateKey.generate()
        let signature = try key.sign(message)
        #expect(try key.publicKey.isValid(signature, for: message))
        #expect(try !key.publicKey.isValid(signature, for: message + Data([0])))
        #expect(try !ECDSAPrivateKey.generate().publicKey.isValid(signature, for: message))
    }

    @Test func `a signature damaged in any one bit is refused`() throws {
        let key = try ECDSAPrivateKey.generate()
        let signature = try key.sign(message)
        let publicKey = try key.publicKey
        for bit in 0..<(signature.count * 8) {
            var damaged = signature
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!publicKey.isValid(damaged, for: message), "bit \(bit)")
        }
        #expect(!publicKey.isValid(signature.dropLast(), for: message))
        #expect(!publicKey.isValid(signature + Data([0]), for: message))
        #expect(!publicKey.isValid(Data(), for: message))
    }

    @Test func `an empty message can be signed`() throws {
        let key = try ECDSAPrivateKey.generate()
        #expect(try key.publicKey.isValid(key.sign(Data()), for: Data()))
    }

    @Test func `a private key survives its PEM with and without a passphrase`() throws {
        let key = try ECDSAPrivateKey.generate()
        #expect(try ECDSAPrivateKey(pem: key.pem()).publicKey == key.publicKey)
        let locked = try key.pem(passphrase: "correct horse")
        #expect(locked.hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY-----"))
        #expect(try ECDSAPrivateKey(pem: locked, passphrase: "correct horse").publicKey == key.publicKey)
    }

    @Test func `a wrong and a missing passphrase are told apart`() throws {
        let locked = try ECDSAPrivateKey.generate().pem(passphrase: "correct horse")
        let wrong = #expect(throws: OpenSSLError.self) { try ECDSAPrivateKey(pem: locked, passphrase: "wrong") }
        #expect(wrong?.code == .passphraseWrong)
        #expect(wrong?.cause != nil)
        let missing = #expect(throws: OpenSSLError.self) { try ECDSAPrivateKey(pem: locked) }
        #expect(missing?.code == .passphraseNeeded)
    }

    @Test func `the error queue is empty after a refusal`() throws {
        let first = #expect(throws: OpenSSLError.self) { try ECDSAPublicKey(pem: "nothing") }
        let second = #expect(throws: OpenSSLError.self) { try ECDSAPublicKey(pem: "nothing") }
        #expect(first?.code == .unreadableKey)
        #expect(first == second)
    }

    @Test func `a public key survives PEM and DER and bytes after it are refused`() throws {
        let key = try ECDSAPrivateKey.generate().publicKey
        #expect(try ECDSAPublicKey(pem: key.pem) == key)
        #expect(try ECDSAPublicKey(spki: key.spki) == key)
        let trailing = #expect(throws: OpenSSLError.self) { try ECDSAPublicKey(spki: key.spki + Data([0])) }
        #expect(trailing?.code == .unreadableKey)
        #expect(Data(base64Encoded: key.hint) == SHA256.digest(of: key.spki))
    }

    @Test func `a point beside its curve is refused`() throws {
        let key = try ECDSAPrivateKey.generate().publicKey
        for byte in [27, 58, 59, 90] {
            var beside = key.spki
            beside[byte] ^= 1
            let error = #expect(throws: OpenSSLError.self, "byte \(byte)") { try ECDSAPublicKey(spki: beside) }
            #expect(error?.code == .unreadableKey)
        }
    }

    @Test(arguments: [
        ["genpkey", "-algorithm", "ED25519"], ["ecparam", "-name", "secp384r1", "-genkey", "-noout"],
    ])
    func `keys of other kinds are refused`(arguments: [String]) throws {
        let pem = try OpenSSLCommand.run(arguments)
        let error = #expect(throws: OpenSSLError.self) {
            try ECDSAPrivateKey(pem: String(decoding: pem, as: UTF8.self))
        }
        #expect(error?.code == .unsupportedKey)
    }
}

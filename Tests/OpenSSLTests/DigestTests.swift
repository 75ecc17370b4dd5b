import Foundation
import OpenSSL
import Testing

struct DigestTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `the published digests come out`(message: String, hex: String) {
        #expect(SHA256.digest(of: Data(message.utf8)).hex == hex)
    }

    @Test func `a million letters in uneven pieces give the published digest`() {
        var hasher = SHA256()
        var left = 1_000_000
        var size = 1
        while left > 0 {
            let piece = min(size, left)
            hasher.update(Data(repeating: UInt8(ascii: "a"), count: piece))
            left -= piece
            size = size * 3 + 1
        }
        #expect(hasher.finalize().hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func `a slice of a larger buffer is hashed from its own start`() {
        let slice = Data("xxabcxx".utf8)[2..<5]
        #expect(SHA256.digest(of: slice) == SHA256.digest(of: Data("abc".utf8)))
    }

    // RFC 4231, test cases 1, 2, 3, 4, 6 and 7.
    @Test(arguments: [
        (
            Data(repeating: 0x0b, count: 20), Data("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Data("Jefe".utf8), Data("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            Data(repeating: 0xaa, count: 20), Data(repeating: 0xdd, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            Data(1...25), Data(repeating: 0xcd, count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        (
            Data(repeating: 0xaa, count: 131), Data("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
            Data(repeating: 0xaa, count: 131),
            Data(
                ("This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ])
    func `the codes of RFC 4231 come out`(key: Data, message: Data, hex: String) {
        #expect(HMACSHA256.authenticate(message, key: key).hex == hex)
    }

    @Test func `an empty key and an empty message are allowed`() {
        #expect(
            HMACSHA256.authenticate(Data(), key: Data()).hex
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test func `random bytes have the length asked for and do not repeat`() throws {
        let draws = try (0..<100).map { _ in try RandomBytes.generate(16) }
        #expect(draws.allSatisfy { $0.count == 16 })
        #expect(Set(draws).count == 100)
        #expect(try RandomBytes.generate(0).isEmpty)
    }
}

extension Data {
    var hex: String {
        map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }
}

import Evidence
import FinOps
import Foundation
import OpenSSL
import Testing

struct TrustStoreTests {
    let folder: TemporaryFolder
    let store: TrustStore

    init() throws {
        folder = try TemporaryFolder()
        store = TrustStore(folder: folder["trust"], fileSystem: LocalFileSystem())
    }

    @Test func `an empty folder trusts nobody`() throws {
        let trust = try store.load()
        #expect(trust.runners.isEmpty)
        #expect(trust.approvers.isEmpty)
    }

    @Test func `listed keys are found and listing them again changes nothing`() throws {
        let (runner, alice) = (try ECDSAPrivateKey.generate().publicKey, try ECDSAPrivateKey.generate().publicKey)
        for _ in 1...2 {
            try store.trustRunner(runner)
            try store.trustApprover("alice", alice)
        }
        let trust = try store.load()
        #expect(trust.runners == [TrustedKey(runner)])
        #expect(trust.approvers == ["alice": [TrustedKey(alice)]])
    }

    @Test func `another key under a trusted name is refused`() throws {
        try store.trustRunner(ECDSAPrivateKey.generate().publicKey)
        let error = #expect(throws: EvidenceError.self) {
            try store.trustRunner(ECDSAPrivateKey.generate().publicKey)
        }
        #expect(error?.kind == .keyExists)
    }

    @Test func `two names for one key are refused, for one person could fill a quorum`() throws {
        let key = try ECDSAPrivateKey.generate().publicKey
        try store.trustApprover("alice", key)
        try store.trustApprover("bob", key)
        #expect(throws: EvidenceError.self) { try store.load() }
    }

    @Test func `who stands in counts for one place, and again for another when asked again`() throws {
        let key = try ECDSAPrivateKey.generate().publicKey
        for _ in 1...2 { try store.trustStandIn("dora", key, at: 15) }
        let once = try store.load()
        #expect(once.approvers["dora"] == [TrustedKey(key, window: KeyWindow("15-15")!)])
        #expect((14...16).map(once.approvers(at:)) == [[], ["dora"], []])
        try store.trustStandIn("dora", key, at: 17)
        #expect(try store.load().approvers["dora"]?.count == 2)
        let error = #expect(throws: EvidenceError.self) {
            try store.trustStandIn("dora", ECDSAPrivateKey.generate().publicKey, at: 18)
        }
        #expect(error?.kind == .keyExists)
    }

    @Test func `a file that is no key is not passed over`() throws {
        try AtomicFile.write(Data("x".utf8), to: folder["trust/approvers/eve.pub"], in: LocalFileSystem())
        #expect(#expect(throws: EvidenceError.self) { try store.load() }?.kind == .keyUnusable)
    }

    @Test func `a new key follows the old one, and each counts for its own months`() throws {
        let (old, new) = (try ECDSAPrivateKey.generate().publicKey, try ECDSAPrivateKey.generate().publicKey)
        try store.trustApprover("alice", old)
        for _ in 1...2 {
            try store.rotate("alice", to: new, from: 15)
            let keys = try #require(try store.load().approvers["alice"])
            #expect(Set(keys) == [TrustedKey(old, window: KeyWindow("-14")!), TrustedKey(new, window: .from(15))])
        }
        #expect(
            try LocalFileSystem().list(folder["trust/approvers"]).sorted() == ["alice@-14.pub", "alice@15-.pub"])

        let third = try ECDSAPrivateKey.generate().publicKey
        try store.rotate("alice", to: third, from: 20)
        #expect(
            try LocalFileSystem().list(folder["trust/approvers"]).sorted()
                == ["alice@-14.pub", "alice@15-19.pub", "alice@20-.pub"])
        #expect(try store.load().approvers(at: 19) == ["alice"])
    }

    @Test func `a key that was followed before it ever counted is gone`() throws {
        let keys = try (1...3).map { _ in try ECDSAPrivateKey.generate().publicKey }
        try store.trustRunner(keys[0])
        try store.rotate("runner", to: keys[1], from: 5)
        try store.rotate("runner", to: keys[2], from: 5)
        let runners = try store.load().runners
        #expect(Set(runners) == [TrustedKey(keys[0], window: KeyWindow("-4")!), TrustedKey(keys[2], window: .from(5))])
    }

    @Test(arguments: ["runner", "Alice", "аlice"])
    func `an approver's name cannot be mistaken for another's or the runner's`(name: String) throws {
        let key = try ECDSAPrivateKey.generate().publicKey
        let error = #expect(throws: EvidenceError.self) { try store.trustApprover(name, key) }
        #expect(error?.kind == .invalidName)
        try AtomicFile.write(Data(key.pem.utf8), to: folder["trust/approvers/\(name).pub"], in: LocalFileSystem())
        #expect(#expect(throws: EvidenceError.self) { try store.load() }?.kind == .invalidName)
    }

    @Test func `the runner's key is no approver's`() throws {
        let key = try ECDSAPrivateKey.generate().publicKey
        try store.trustRunner(key)
        try store.trustApprover("alice", key)
        #expect(#expect(throws: EvidenceError.self) { try store.load() }?.kind == .keyExists)
    }

    @Test(arguments: ["alice@.pub", "alice@-.pub", "alice@14.pub", "alice@9-3.pub", "alice@07-.pub", "alice@0-.pub"])
    func `a window that cannot be read is not passed over`(name: String) throws {
        let pem = try ECDSAPrivateKey.generate().publicKey.pem
        try AtomicFile.write(Data(pem.utf8), to: folder["trust/approvers/\(name)"], in: LocalFileSystem())
        #expect(#expect(throws: EvidenceError.self) { try store.load() }?.kind == .keyUnusable)
    }
}

struct KeyWindowTests {
    @Test(arguments: [
        ("-14", [1, 14], [15]), ("15-", [15, 9_000], [14]), ("3-3", [3], [2, 4]),
    ])
    func `a window counts from its first to its last place`(text: String, within: [Int], outside: [Int]) throws {
        let window = try #require(KeyWindow(text))
        #expect(window.description == text)
        #expect(within.allSatisfy(window.contains))
        #expect(!outside.contains(where: window.contains))
        #expect(KeyWindow.always.contains(1))
    }
}

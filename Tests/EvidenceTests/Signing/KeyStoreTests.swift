import Evidence
import FinOps
import Foundation
import OpenSSL
import Testing

struct KeyStoreTests {
    let folder: TemporaryFolder
    let store: KeyStore
    let disk = LocalFileSystem()
    let nobody = Passphrase(environment: [:])

    init() throws {
        folder = try TemporaryFolder()
        store = KeyStore(folder: folder["config/keys"])
    }

    @Test func `a key is made for its owner alone and found again`() throws {
        let made = try store.create("alice", passphrase: nil)
        #expect(try disk.permissions(of: store.folder) == 0o700)
        #expect(try disk.permissions(of: made.path) == 0o600)
        #expect(try store.list() == [made])
        #expect(try store.load("alice", passphrase: nobody).publicKey == made.publicKey)
        #expect(try store.load(made.path, passphrase: nobody).publicKey == made.publicKey)
    }

    @Test func `a key is never overwritten`() throws {
        let made = try store.create("alice", passphrase: nil)
        #expect(#expect(throws: EvidenceError.self) { try store.create("alice", passphrase: "x") }?.kind == .keyExists)
        #expect(try store.load("alice", passphrase: nobody).publicKey == made.publicKey)
    }

    @Test func `a key others can read is refused`() throws {
        let made = try store.create("alice", passphrase: nil)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: made.path)
        let error = #expect(throws: EvidenceError.self) { try store.load("alice", passphrase: nobody) }
        #expect(error?.kind == .keyTooOpen)
    }

    @Test func `a passphrase comes from the environment, else from a person, else not at all`() throws {
        let made = try store.create("alice", passphrase: "open sesame")
        #expect(made.isEncrypted)
        let variable = Passphrase(environment: [Passphrase.variable: "open sesame"])
        #expect(try store.load("alice", passphrase: variable).publicKey == made.publicKey)
        let person = Passphrase(environment: [:]) { key in key == "alice" ? "open sesame" : nil }
        #expect(try store.load("alice", passphrase: person).publicKey == made.publicKey)
        for refused in [nobody, Passphrase(environment: [Passphrase.variable: "wrong"])] {
            let error = #expect(throws: EvidenceError.self) { try store.load("alice", passphrase: refused) }
            #expect(error?.kind == .keyUnusable)
        }
    }

    @Test(arguments: ["", "Alice", "аlice", "../x", "a b", ".a", "-a"])
    func `a name that could be mistaken is refused`(name: String) {
        let error = #expect(throws: EvidenceError.self) { try store.create(name, passphrase: nil) }
        #expect(error?.kind == .invalidName)
    }

    @Test func `the default folder follows the environment`() {
        let explicit = KeyStore.defaultFolder(environment: ["XDG_CONFIG_HOME": "/c", "HOME": "/h"])
        #expect(explicit == "/c/finops-monthly/keys")
        #expect(KeyStore.defaultFolder(environment: ["HOME": "/h"]) == "/h/.config/finops-monthly/keys")
    }
}

struct TrustStoreTests {
    let folder: TemporaryFolder
    let store: TrustStore

    init() throws {
        folder = try TemporaryFolder()
        store = TrustStore(folder: folder["trust"], fileSystem: LocalFileSystem())
    }

    @Test func `an empty folder trusts nobody`() throws {
        let trust = try store.load()
        #expect(trust.runner == nil)
        #expect(trust.approvers.isEmpty)
    }

    @Test func `listed keys are found and listing them again changes nothing`() throws {
        let (runner, alice) = (try ECDSAPrivateKey.generate().publicKey, try ECDSAPrivateKey.generate().publicKey)
        for _ in 1...2 {
            try store.trustRunner(runner)
            try store.trustApprover("alice", alice)
        }
        let trust = try store.load()
        #expect(trust.runner == runner)
        #expect(trust.approvers == ["alice": alice])
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

    @Test func `a file that is no key is not passed over`() throws {
        try AtomicFile.write(Data("x".utf8), to: folder["trust/approvers/eve.pub"], in: LocalFileSystem())
        #expect(#expect(throws: EvidenceError.self) { try store.load() }?.kind == .keyUnusable)
    }
}

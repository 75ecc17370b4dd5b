import Evidence
import FinOps
import Foundation
import OpenSSL
import TestSupport
import Testing

struct KeyStoreTests {
    let folder: TemporaryFolder
    let store: KeyStore
    let disk = LocalFileSystem()
    let nobody = Passphrase([])

    init() throws {
        folder = try TemporaryFolder()
        store = KeyStore(folder: folder["config/keys"])
    }

    @Test func `a key is made for its owner alone and found again`() async throws {
        let made = try store.create("alice", passphrase: nil)
        #expect(try disk.permissions(of: store.folder) == 0o700)
        #expect(try disk.permissions(of: made.path) == 0o600)
        #expect(try store.list() == [made])
        #expect(try await store.load("alice", passphrase: nobody).publicKey == made.publicKey)
        #expect(try await store.load(made.path, passphrase: nobody).publicKey == made.publicKey)
    }

    @Test(arguments: 1...40)
    func `a power cut while a key is made or put aside leaves it whole, or not there`(point: Int) throws {
        let disk = ModelledDisk()
        try disk.makeDirectory("/home")
        disk.synchronizeAll()
        let dying = KeyStore(folder: "/home/config/keys", fileSystem: TroubledDisk.dying(at: point, on: disk))
        let made = try? dying.create("alice", passphrase: nil)
        if made != nil { try? dying.retire("alice", before: 3) }
        disk.cutPower(seed: UInt64(point))
        let found = try KeyStore(folder: "/home/config/keys", fileSystem: disk).list()
        if let made { #expect(found.map(\.publicKey) == [made.publicKey]) }
        #expect(found.count <= 1)
    }

    @Test func `a key is never overwritten`() async throws {
        let made = try store.create("alice", passphrase: nil)
        #expect(#expect(throws: EvidenceError.self) { try store.create("alice", passphrase: "x") }?.kind == .keyExists)
        #expect(try await store.load("alice", passphrase: nobody).publicKey == made.publicKey)
    }

    @Test func `a key others can read is refused`() async throws {
        let made = try store.create("alice", passphrase: nil)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: made.path)
        let error = await #expect(throws: EvidenceError.self) {
            try await store.load("alice", passphrase: nobody)
        }
        #expect(error?.kind == .keyTooOpen)
    }

    @Test func `a passphrase comes from the first source that has one, else not at all`() async throws {
        let made = try store.create("alice", passphrase: "open sesame")
        #expect(made.custody == .file(isEncrypted: true))
        let variable = Passphrase.environment([Passphrase.variable: "open sesame"])
        let person: Passphrase.Source = { key in key == "alice" ? "open sesame" : nil }
        let silent = Passphrase.environment([Passphrase.variable: ""])
        for sources in [[variable], [person], [silent, person]] {
            #expect(try await store.load("alice", passphrase: Passphrase(sources)).publicKey == made.publicKey)
        }
        for sources in [[], [silent], [Passphrase.environment([Passphrase.variable: "wrong"]), person]] {
            let error = await #expect(throws: EvidenceError.self) {
                try await store.load("alice", passphrase: Passphrase(sources))
            }
            #expect(error?.kind == .keyUnusable)
        }
    }

    @Test func `a key that is followed by another is put aside, not lost`() async throws {
        let old = try store.create("alice", passphrase: nil)
        try store.retire("alice", before: 15)
        let new = try store.create("alice", passphrase: nil)
        #expect(new.publicKey != old.publicKey)
        #expect(try store.list().map(\.name) == ["alice", "alice@-14"])
        #expect(
            try await store.load(folder["config/keys/alice@-14.key"], passphrase: nobody).publicKey == old.publicKey)
        #expect(#expect(throws: EvidenceError.self) { try store.retire("alice", before: 15) }?.kind == .keyExists)
        #expect(try await store.load("alice", passphrase: nobody).publicKey == new.publicKey)
    }

    @Test func `a key in a service is remembered by name and must be the one that was trusted`() async throws {
        let kept = try ECDSAPrivateKey.generate()
        let arn = "arn:aws:kms:eu-west-1:111122223333:key/1234"
        let record = try store.adopt("alice", arn: arn, publicKey: kept.publicKey)
        #expect(try store.list() == [record])
        #expect(record.custody == .keyManagementService(arn))
        let opened = try await store.open("alice", passphrase: nobody) { asked in
            #expect(asked == arn)
            return kept
        }
        #expect(try opened.publicKey == kept.publicKey)
        let error = await #expect(throws: EvidenceError.self) {
            try await store.open("alice", passphrase: nobody) { _ in try ECDSAPrivateKey.generate() }
        }
        #expect(error?.kind == .keyUnusable)
        #expect(#expect(throws: EvidenceError.self) { try store.create("alice", passphrase: nil) }?.kind == .keyExists)
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

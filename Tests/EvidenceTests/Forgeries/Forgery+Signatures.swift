import Foundation
import FinOps
import OpenSSL

@testable import Evidence

extension Forgery {
    /// Seals, keys and decisions, by whoever can write the archive and has keys of his own.
    static let signatures: [Forgery] = [
        Forgery("the seal of another month", "2026-02 seal subject: differs") { archive in
            let january = archive.sample.seal(of: MonthFolder("2026-01")!)
            try archive.disk.write(archive.disk.read(january), to: archive.seal)
        },
        Forgery("a decision where the seal belongs", "2026-02 seal signature: FAILED") { archive in
            let decision = archive.february + "/data/approvals/G7-alice.sigstore.json"
            try archive.disk.write(archive.disk.read(decision), to: archive.seal)
        },
        Forgery("a second signature", "2026-02 seal signature: FAILED") {
            try $0.editSeal { $0.replacing(#""signatures":[{"#, with: #""signatures":[{"keyid":"k","sig":"AAAA"},{"#) }
        },
        Forgery("another type of payload", "2026-02 seal signature: FAILED") {
            try $0.editSeal { $0.replacing("application/vnd.in-toto+json", with: "text/plain") }
        },
        Forgery("something unsigned added to the bundle", "2026-02 seal signature: FAILED") {
            try $0.editSeal { "{\"approved\":true," + $0.dropFirst() }
        },
        Forgery("the bundle written another way", "2026-02 seal signature: FAILED") {
            try $0.editSeal { $0.replacing(":{", with: ": {") }
        },
        Forgery("another spelling of the signature", "2026-02 seal signature: FAILED") { archive in
            let signature = try archive.bundle.signature.base64EncodedString()
            try archive.editSeal { $0.replacing(signature, with: "=" + signature.dropFirst()) }
        },
        Forgery("no signature at all", "2026-02 seal signature: FAILED") { archive in
            let signature = try archive.bundle.signature.base64EncodedString()
            try archive.editSeal { $0.replacing(signature, with: "") }
        },
        Forgery("signed again by an approver", "2026-02 seal signature: FAILED") { archive in
            let bundle = try SigstoreBundle(signing: archive.bundle.payload, with: archive.sample.alice)
            try archive.disk.write(bundle.encoded(), to: archive.seal)
        },
        Forgery("signed again by a key that is not listed", "2026-02 seal signature: FAILED") { archive in
            let bundle = try SigstoreBundle(signing: archive.bundle.payload, with: .generate())
            try archive.disk.write(bundle.encoded(), to: archive.seal)
        },
        Forgery("every key replaced but the auditor's own copy", "2026-02 seal signature: FAILED") { archive in
            let other = try SampleArchive(months: 3)
            try archive.disk.remove(archive.sample.layout.archiveFolder)
            try FileManager.default.copyItem(
                atPath: other.layout.archiveFolder, toPath: archive.sample.layout.archiveFolder)
        },
        Forgery("the archive rewritten with its keys, the head known", "expected head: FAILED", knowsHead: true) {
            archive in
            let other = try SampleArchive(months: 3)
            try archive.disk.remove(archive.sample.layout.archiveFolder)
            try FileManager.default.copyItem(
                atPath: other.layout.archiveFolder, toPath: archive.sample.layout.archiveFolder)
            try archive.pin(other.layout.trustFolder)
        },
        Forgery("an approver who is not trusted any more", "2026-02 approval G7-alice: FAILED") { archive in
            try archive.pin { try archive.disk.remove($0 + "/approvers/alice.pub") }
        },
        Forgery("an approver's key exchanged", "2026-02 approval G7-alice: FAILED") { archive in
            try archive.pin { try archive.trust(.generate(), $0 + "/approvers/alice.pub") }
        },
        Forgery("two people with one key", "trust: FAILED") { archive in
            try archive.pin { try archive.trust(archive.sample.alice, $0 + "/approvers/mallory.pub") }
        },
        Forgery("the runner's key as an approver's", "trust: FAILED") { archive in
            try archive.pin { try archive.trust(archive.sample.runner, $0 + "/approvers/alice.pub") }
        },
        Forgery("a trusted key that is none", "trust: FAILED") { archive in
            try archive.pin { try archive.disk.write(Data("x".utf8), to: $0 + "/runner.pub") }
        },
        Forgery("no trusted key", "trust: missing") { archive in
            try archive.pin { try archive.disk.remove($0 + "/runner.pub") }
        },
        Forgery("a key that counted for other months", "2026-02 seal signature: FAILED") { archive in
            try archive.pin { try archive.disk.rename($0 + "/runner.pub", to: $0 + "/runner@3-.pub") }
        },
        Forgery("an approver whose key counted before", "2026-02 approval G7-alice: FAILED") { archive in
            try archive.pin {
                try archive.disk.rename($0 + "/approvers/alice.pub", to: $0 + "/approvers/alice@-1.pub")
            }
        },
    ]

    /// Time stamps that are gone, borrowed, bent or bought elsewhere.
    static let stamps: [Forgery] = [
        Forgery("the stamp removed", "2026-02 seal stamp: missing") { try $0.restamp([]) },
        Forgery("the stamp of another month", "2026-02 seal stamp: FAILED") { archive in
            let january = try SigstoreBundle(archive.disk.read(archive.sample.seal(of: MonthFolder("2026-01")!)))
            try archive.restamp(january.timestamps)
        },
        Forgery("a stamp that is none", "2026-02 seal stamp: FAILED") { try $0.restamp([Data("stamp".utf8)]) },
        Forgery("a stamp with something behind it", "2026-02 seal stamp: FAILED") { archive in
            try archive.restamp([archive.bundle.timestamps[0] + Data([0])])
        },
        Forgery("a stamp one bit of which is flipped", "2026-02 seal stamp: FAILED") { archive in
            var stamp = try archive.bundle.timestamps[0]
            stamp[stamp.count - 20] ^= 1
            try archive.restamp([stamp])
        },
        Forgery("a good stamp and a bad one", "2026-02 seal stamp: FAILED") { archive in
            try archive.restamp(archive.bundle.timestamps + [Data("stamp".utf8)])
        },
        Forgery("a stamp granted with modifications", "2026-02 seal stamp: FAILED") { archive in
            let plain = Data([0x30, 0x03, 0x02, 0x01, 0x00])
            var stamp = try archive.bundle.timestamps[0]
            stamp.replace(plain, with: plain.dropLast() + [1], maxReplacements: 1)
            try archive.restamp([stamp])
        },
        Forgery("a stamp older than the month", "2026-02 seal stamp: FAILED") { try $0.restamp([$0.odd.backdated]) },
        Forgery("a stamp of an expired authority", "2026-02 seal stamp: FAILED") { try $0.restamp([$0.odd.expired]) },
        Forgery("a stamp of an unknown authority", "2026-02 seal stamp: FAILED") { try $0.restamp([$0.odd.unknown]) },
        Forgery("no trusted authority", "2026-02 seal stamp: missing") { archive in
            try archive.pin { try archive.disk.remove($0 + "/tsa-ca.pem") }
        },
    ]
}

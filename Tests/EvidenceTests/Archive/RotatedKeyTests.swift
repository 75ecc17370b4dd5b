import Evidence
import FinOps
import Foundation
import OpenSSL
import Testing

/// The runner's key was changed after February: what it sealed before still holds, what it seals afterwards does not.
struct RotatedKeyTests {
    let archive: SampleArchive
    let new: ECDSAPrivateKey
    let march = BillingMonth("2026-03")!

    init() throws {
        new = try .generate()
        archive = try SampleArchive(months: 2)
        try TrustStore(folder: archive.layout.trustFolder, fileSystem: LocalFileSystem())
            .rotate("runner", to: new.publicKey, from: 3)
    }

    private func seal(_ month: BillingMonth, with key: ECDSAPrivateKey) throws -> SealedMonth {
        try Sealer(layout: archive.layout, key: key, fileSystem: LocalFileSystem()).seal(archive.order(month))
    }

    @Test func `a new key seals after the old one, and the whole archive holds`() throws {
        #expect(#expect(throws: EvidenceError.self) { try seal(march, with: archive.runner) }?.kind == .keyUnusable)
        #expect(try seal(march, with: new).sequence == 3)
        #expect(try archive.report().failure == nil)
        #expect(try archive.chain.links().count == 3)
    }

    @Test func `a seal by a key outside its window does not hold`() throws {
        _ = try seal(march, with: new)
        let trust = archive.layout.trustFolder
        try LocalFileSystem().rename("\(trust)/runner@-2.pub", to: "\(trust)/runner@-1.pub")
        #expect(try archive.report().trouble.contains("2026-02 seal signature: FAILED"))
        #expect(#expect(throws: EvidenceError.self) { try archive.chain.links() }?.kind == .chainBroken)
    }
}

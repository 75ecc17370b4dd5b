import Evidence
import FinOps
import Foundation
import OpenSSL
import TestSupport
import Testing

/// Sealed months and a real authority made of `openssl ts`.
struct SealStamperTests {
    let disk = LocalFileSystem()
    let archive: SampleArchive

    init() throws { archive = try SampleArchive(months: 2) }

    private func trust(_ authority: StampAuthority) throws {
        try disk.write(
            Data(authority.rootPEM.utf8), to: archive.layout.trustFolder + "/" + TrustStore.stampRootsName)
    }

    private func stamper(_ authorities: any TimestampAuthority...) -> SealStamper {
        SealStamper(layout: archive.layout, authorities: authorities, fileSystem: disk)
    }

    private let february = MonthFolder("2026-02")!

    @Test func `a stamp is added to the seal and changes neither payload nor chain`() async throws {
        try await withStampAuthority { authority in
            try trust(authority)
            #expect(try archive.report().trouble == ["2026-01 seal stamp: missing", "2026-02 seal stamp: missing"])
            let links = try archive.chain.links()
            let before = try disk.read(archive.seal(of: february))
            let receipts = try await stamper(Answering(authority)).stamp(february)
            #expect(receipts.map(\.isStamped) == [true])
            #expect(try archive.report().trouble == ["2026-01 seal stamp: missing"])
            let stamped = try SigstoreBundle(disk.read(archive.seal(of: february)))
            #expect(try stamped.payload == SigstoreBundle(before).payload)
            #expect(try stamped.signature == SigstoreBundle(before).signature)
            #expect(try archive.chain.links() == links)
            #expect(try !disk.list(archive.layout.archiveFolder).contains { $0.contains("partial") })
            // Whoever has stamped is not asked again.
            #expect(try await stamper(Silent()).stamp(february).isEmpty)
        }
    }

    @Test func `two authorities stamp one seal, each once, and one that is silent keeps nobody else from it`()
        async throws
    {
        try await withStampAuthority { authority in
            try trust(authority)
            let both: [any TimestampAuthority] = [Answering(authority), Silent(), Answering(authority, .second)]
            let stamper = SealStamper(layout: archive.layout, authorities: both, fileSystem: disk)
            let receipts = try await stamper.stamp(february)
            #expect(receipts.map(\.isStamped) == [true, false, true])
            #expect(receipts[1].result == .unreachable("nobody answers"))
            #expect(try stamper.stampCount(february) == 2)
            #expect(try await stamper.stamp(february).map(\.isStamped) == [true, false, true])
            #expect(try stamper.stampCount(february) == 2)
            #expect(try archive.report().trouble == ["2026-01 seal stamp: missing"])
        }
    }

    @Test func `what an authority answers wrongly is refused by name, and the seal stays as it was`() async throws {
        try await withStampAuthority { authority in
            try trust(authority)
            let before = try disk.read(archive.seal(of: february))
            for (manner, refusal) in [
                (StampAuthority.Manner.wrongNonce, StampRefusal.wrongNonce), (.wrongImprint, .otherMessage),
                (.grantedWithMods, .notGranted), (.rejection, .notGranted), (.expired, .untrusted),
                (.garbage, .malformed), (.truncated, .malformed),
            ] {
                let receipts = try await stamper(Answering(authority, manner)).stamp(february)
                #expect(receipts.map(\.result) == [.refused(refusal.sentence)], "\(manner)")
            }
            #expect(try disk.read(archive.seal(of: february)) == before)
        }
    }

    @Test func `without a trusted root nobody is asked, and the remedy is said`() async throws {
        await #expect {
            try await stamper(Silent()).stamp(february)
        } throws: { error in
            (error as? EvidenceError)?.kind == .keyMissing
        }
        #expect(try archive.report().failure == nil)
    }

    @Test func `a stamp that is older than the month it stamps is refused`() async throws {
        try await withStampAuthority { authority in
            try trust(authority)
            _ = try await stamper(Answering(authority, .backdated)).stamp(february)
            #expect(
                try archive.report().trouble == ["2026-01 seal stamp: missing", "2026-02 seal stamp: FAILED"])
        }
    }

    @Test func `a stamp of an authority the auditor does not trust is refused`() async throws {
        try await withStampAuthority { authority in
            try trust(authority)
            _ = try await stamper(Answering(authority)).stamp(february)
            try await withStampAuthority { other in
                try trust(other)
                #expect(try archive.report().trouble.contains("2026-02 seal stamp: FAILED"))
            }
            try disk.remove(archive.layout.trustFolder + "/" + TrustStore.stampRootsName)
            #expect(try archive.report().trouble == ["2026-02 seal stamp: missing"])
        }
    }
}

/// Brings the query to the authority over HTTP, as any client would.
struct Answering: TimestampAuthority {
    let name: String

    init(_ authority: StampAuthority, _ manner: StampAuthority.Manner = .honest) { name = authority.url(manner) }

    func answer(_ query: Data) async throws(AuthoritySilence) -> Data {
        do {
            return try await StampAuthority.answer(to: query, at: name)
        } catch {
            throw AuthoritySilence("\(error)")
        }
    }
}

struct Silent: TimestampAuthority {
    let name = "http://silent.invalid"
    func answer(_ query: Data) async throws(AuthoritySilence) -> Data { throw AuthoritySilence("nobody answers") }
}

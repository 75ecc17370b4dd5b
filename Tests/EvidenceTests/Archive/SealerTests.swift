import Evidence
import FinOps
import Foundation
import OpenSSL
import TestSupport
import Testing

struct SealerTests {
    let disk = LocalFileSystem()
    let january = BillingMonth("2026-01")!
    let february = BillingMonth("2026-02")!

    @Test func `a month lies in the archive as a bag under its seal`() throws {
        let archive = try SampleArchive()
        let order = try archive.order(january)
        let sealed = try Sealer(layout: archive.layout, key: archive.runner, fileSystem: disk).seal(order)
        #expect(sealed.sequence == 1)
        #expect(sealed.previous == nil)
        #expect(sealed.path == archive.layout.month(MonthFolder(january)))
        #expect(try disk.read(archive.layout.head) == Data("\(sealed.seal)\n".utf8))
        #expect(try disk.read(sealed.path + "/bagit.txt").starts(with: Data("BagIt-Version: 1.0\n".utf8)))
        let info = String(decoding: try disk.read(sealed.path + "/bag-info.txt"), as: UTF8.self)
        #expect(
            info.hasPrefix(
                "Bag-Software-Agent: finops-monthly 0.1.0\nBagging-Date: 2026-04-01\nExternal-Identifier: sample/2026-01\nPayload-Oxum: "
            ))
        #expect(try disk.list(sealed.path + "/data/reports") == ["cfo.html", "cfo.md", "stakeholder-email.md"])
        #expect(try !disk.exists(archive.layout.partial(MonthFolder(january))))
        let bundle = try SigstoreBundle(try disk.read(sealed.path + "/seal/run.sigstore.json"))
        #expect(bundle.payloadDigest == sealed.seal)
        #expect(bundle.payload.count < 1_500)
    }

    @Test func `every seal names the one before and the chain's own id`() throws {
        let archive = try SampleArchive(months: 3)
        let links = try archive.chain.links()
        try #require(links.map(\.predicate.seq) == [1, 2, 3])
        #expect(links.map(\.predicate.previous) == [nil, links[0].reference, links[1].reference])
        #expect(Set(links.map(\.predicate.logId)).count == 1)
    }

    @Test func `sealing the same month again changes nothing`() throws {
        let archive = try SampleArchive()
        let order = try archive.order(january)
        let sealer = Sealer(layout: archive.layout, key: archive.runner, fileSystem: disk)
        let first = try sealer.seal(order)
        let bytes = try disk.read(first.path + "/seal/run.sigstore.json")
        #expect(try sealer.seal(order) == first)
        #expect(try disk.read(first.path + "/seal/run.sigstore.json") == bytes)
    }

    @Test func `another statement about a sealed month is refused and a restatement goes beside it`() throws {
        let archive = try SampleArchive(months: 2)
        let other = try archive.order(february, edit: { try $0.add("note.txt", Data("another".utf8)) })
        #expect(other.folder == MonthFolder(february, revision: 1))
        let overwriting = SealOrder(
            folder: MonthFolder(february), outcome: .passed, gates: [:], payload: other.payload, journal: other.journal,
            place: other.place, logID: other.logID, tool: other.tool)
        let sealer = Sealer(layout: archive.layout, key: archive.runner, fileSystem: disk)
        let error = #expect(throws: EvidenceError.self) { try sealer.seal(overwriting) }
        #expect(error?.kind == .monthAlreadySealed)

        let restated = try sealer.seal(other)
        #expect(restated.path.hasSuffix("/2026-02.r1"))
        let links = try archive.chain.links()
        #expect(links.last?.predicate.supersedes == links[1].reference)
        #expect(links.last?.predicate.previous == links[1].reference)
    }

    @Test func `a place that was taken in the meantime is refused`() throws {
        let archive = try SampleArchive(months: 1)
        let late = try archive.order(february)
        try archive.seal(BillingMonth("2026-03")!)
        let error = #expect(throws: EvidenceError.self) {
            try Sealer(layout: archive.layout, key: archive.runner, fileSystem: disk).seal(late)
        }
        #expect(error?.kind == .chainMoved)
    }

    @Test func `a runner the archive does not trust cannot seal`() throws {
        let archive = try SampleArchive()
        let order = try archive.order(january)
        let error = #expect(throws: EvidenceError.self) {
            try Sealer(layout: archive.layout, key: .generate(), fileSystem: disk).seal(order)
        }
        #expect(error?.kind == .keyUnusable)
    }

    @Test func `nothing is built on a chain with a hole or a damaged seal`() throws {
        let archive = try SampleArchive(months: 3)
        let seal = archive.layout.month(MonthFolder(february)) + "/seal/run.sigstore.json"
        let bytes = try disk.read(seal)
        try disk.remove(archive.layout.month(MonthFolder(february)))
        #expect(#expect(throws: EvidenceError.self) { try archive.chain.nextPlace() }?.kind == .chainBroken)
        try AtomicFile.write(bytes.dropLast(40) + Data("x".utf8) + bytes.suffix(39), to: seal, in: disk)
        #expect(throws: EvidenceError.self) { try archive.chain.nextPlace() }
    }

    @Test(arguments: ["../x", "/x", "a//b", "a b", "ü", "a\nb", ".hidden", "reports", "facts.json", "facts.json/x"])
    func `a path an archive cannot carry is refused`(path: String) throws {
        var payload = BagPayload()
        try payload.add("facts.json", Data())
        try payload.add("reports/cfo.html", Data())
        #expect(#expect(throws: EvidenceError.self) { try payload.add(path, Data()) }?.kind == .invalidPath)
    }

    @Test func `a crash between any two steps leaves nothing or the whole month, and sealing again finishes`() throws {
        let archive = try SampleArchive(months: 1)
        let order = try archive.order(february)
        let target = archive.layout.month(MonthFolder(february))
        let head = try disk.read(archive.layout.head)
        var seals: Set<Digest> = []
        var step = 0
        var crashes = 0
        while true {
            step += 1
            let code = step.isMultiple(of: 2) ? "EIO" : "ENOSPC"
            let faulty = TroubledDisk.dying(at: step, on: LocalFileSystem(), code: code)
            let first = Result {
                try Sealer(layout: archive.layout, key: archive.runner, fileSystem: faulty).seal(order)
            }
            if case .success(let sealed) = first {
                seals.insert(sealed.seal)
                break
            }
            crashes += 1
            if try disk.exists(target) {
                #expect(try archive.chain.links().count == 2, "step \(step) committed half a month")
            }
            let again = try Sealer(layout: archive.layout, key: archive.runner, fileSystem: disk).seal(order)
            seals.insert(again.seal)
            #expect(try disk.read(archive.layout.head) == Data("\(again.seal)\n".utf8))
            #expect(try !disk.exists(archive.layout.partial(MonthFolder(february))))
            try disk.remove(target)
            try disk.write(head, to: archive.layout.head)
        }
        #expect(crashes > 40)
        #expect(seals.count == 1, "sealing again must give the same payload")
    }

    @Test func `a sealed month survives a power cut, although whoever made its folders died before they were durable`()
        throws
    {
        let archive = try SampleArchive()
        let order = try archive.order(january)
        for seed in 0..<20 as Range<UInt64> {
            let disk = ModelledDisk()
            try disk.makeDirectory(archive.layout.root)
            disk.synchronizeAll()
            try disk.makeDirectory(archive.layout.trustFolder)
            try TrustStore(folder: archive.layout.trustFolder, fileSystem: disk).trustRunner(archive.runner.publicKey)
            let sealed = try Sealer(layout: archive.layout, key: archive.runner, fileSystem: disk).seal(order)
            disk.cutPower(seed: seed)
            #expect(try disk.kind(of: sealed.path) == .directory, "seed \(seed)")
        }
    }

    @Test func `everything is synchronised before the rename and the folder after it`() throws {
        let archive = try SampleArchive()
        let watched = TroubledDisk(LocalFileSystem())
        let sealed = try Sealer(layout: archive.layout, key: archive.runner, fileSystem: watched).seal(
            archive.order(january))
        let partial = archive.layout.partial(MonthFolder(january))
        let rename = try #require(watched.operations.firstIndex(of: "rename \(sealed.path)"))
        let before = Set(watched.operations[..<rename])
        for operation in before where operation.hasPrefix("write ") {
            #expect(before.contains(operation.replacing("write ", with: "synchronize ")))
        }
        for folder in ["", "/data", "/data/reports", "/data/approvals", "/seal"] {
            #expect(before.contains("synchronize \(partial)\(folder)"))
        }
        #expect(watched.operations[(rename + 1)...].contains("synchronize \(archive.layout.archiveFolder)"))
    }
}

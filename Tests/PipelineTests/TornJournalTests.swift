import Evidence
import FinOps
import Foundation
import Pipeline
import Simulation
import TestSupport
import Testing

/// The journal of a whole month that waits for people: cut anywhere it is resumed, changed anywhere it is refused.
@Suite("A journal that is cut or changed")
struct TornJournalTests {
    private let workshop: Workshop
    private let runID: String
    private let path: String
    private let bytes: Data
    private let deliverables: Digest

    init() async throws {
        workshop = try Workshop(on: ModelledDisk())
        workshop.policy.approvalThreshold = Money("50000", .usd)
        runID = try await workshop.start().result.runID
        path = workshop.layout.journal(runID)
        bytes = try workshop.disk.read(path)
        deliverables = try ApprovalRequest(try workshop.disk.read(workshop.layout.approvalRequest(runID))).deliverables
    }

    @Test func `cut at any byte gives the whole lines before the cut`() throws {
        var wholeLines = 0
        // Every byte of the first lines and of the last, and every 31st between them.
        for length in 0...bytes.count where length < 2_000 || bytes.count - length < 1_000 || length % 31 == 0 {
            wholeLines = bytes.prefix(length).count { $0 == UInt8(ascii: "\n") }
            let text = try JournalText(bytes.prefix(length), named: "journal")
            #expect(text.entries.count == wholeLines, "cut at \(length)")
            ProofFigures.add("journals cut or changed", ["cut at a byte": 1])
        }
    }

    @Test func `cut at the end or in the middle of a line it is resumed to the same request`() async throws {
        let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
        for (index, end) in ends.enumerated() {
            let cut = index.isMultiple(of: 2) ? end + 1 : (ends[index - 1] + end) / 2
            try workshop.disk.write(bytes.prefix(cut), to: path)
            let resumed = try await workshop.engine().resume(runID)
            #expect(resumed.result.status == .awaitingDecision, "cut at \(cut)")
            let request = try ApprovalRequest(try workshop.disk.read(workshop.layout.approvalRequest(runID)))
            #expect(request.deliverables == deliverables, "cut at \(cut)")
            ProofFigures.add("journals cut or changed", ["cut and resumed": 1])
        }
    }

    @Test func `a bit flipped in an inner line is refused by number, and the file is left alone`() async throws {
        var random = SeededRandom(state: 66)
        let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
        var start = bytes.startIndex
        for (index, end) in ends.dropLast().enumerated() {
            for _ in 0..<6 {
                var damaged = bytes
                damaged[start + random.below(end - start + 1)] ^= 1 << UInt8(random.below(8))
                let error = #expect(throws: EvidenceError.self) { try JournalText(damaged, named: path) }
                #expect(error?.kind == .journalDamaged)
                ProofFigures.add("journals cut or changed", ["bits flipped and refused": 1])
                #expect([index + 1, index + 2].contains { error?.summary.hasPrefix("line \($0) of") == true })
                guard index.isMultiple(of: 8) else { continue }
                try workshop.disk.write(damaged, to: path)
                await #expect(throws: EvidenceError.self) { try await workshop.engine().resume(runID) }
                #expect(try workshop.disk.read(path) == damaged)
            }
            start = end + 1
        }
    }
}

import Agents
import FinOps
import Foundation
import TestSupport
import Testing

@Suite struct `Coordination logs` {
    private let log = CoordinationLog(
        review: RoleReview(
            role: "qa-engineer", phase: .scoring,
            examined: [ExaminedItem(name: "facts.json", sha256: SampleLedger.digest("d"))],
            findings: [
                RoleFinding(id: "QA-07", severity: .note, facts: ["forecast.mean"], text: "One figure is unknown.")
            ],
            verdict: .pass, score: 100),
        project: "cloud-infrastructure", month: SampleLedger.month, runID: "2026-02-a1",
        writtenAt: Timestamp("2026-03-15T08:00:00Z")!)

    @Test func `the second log of a role on one day has a name of its own`() {
        let day = CalendarDay("2026-03-01")!
        #expect(CoordinationLog.fileName(role: "qa-engineer", day: day) == "qa-engineer-2026-03-01.json")
        #expect(CoordinationLog.fileName(role: "qa-engineer", day: day, ordinal: 2) == "qa-engineer-2026-03-01.2.json")
    }

    @Test func `a log is one JSON object with all it saw and said`() throws {
        let digest = String(repeating: "d", count: 64)
        #expect(
            String(decoding: try JSONText.line(log), as: UTF8.self)
                == #"{"examined":[{"name":"facts.json","sha256":"\#(digest)"}],"#
                + #""findings":[{"facts":["forecast.mean"],"id":"QA-07","severity":"note","text":"One figure is unknown."}],"#
                + #""month":"2026-02","phase":"9","project":"cloud-infrastructure","role":"qa-engineer","#
                + #""run_id":"2026-02-a1","schema":1,"score":100,"verdict":"pass","#
                + #""written_at":"2026-03-15T08:00:00Z"}"#)
    }

    @Test func `a log survives the way to text and back`() throws {
        #expect(try JSONText.decode(CoordinationLog.self, from: try JSONText.document(log)) == log)
    }
}

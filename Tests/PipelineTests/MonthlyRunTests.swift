import Evidence
import FinOps
import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("A month, phase by phase")
struct MonthlyRunTests {
    @Test func `a month below the threshold goes from nothing to a sealed archive that verifies`() async throws {
        let workshop = try Workshop()
        let end = try await workshop.start()

        #expect(end.stop == nil)
        #expect(end.result.status == .complete)
        #expect(end.result.exitStatus == 0)
        #expect(end.result.gates.map(\.id) == GateID.allCases)
        #expect(end.result.phases.map(\.phase) == PhaseID.allCases)
        #expect(end.result.totals?.net == "100000.00")
        #expect(end.result.totals?.gross == "105900.00")
        #expect(end.result.crossValidation?.rawVariancePct == "5.90")
        #expect(end.result.crossValidation?.adjustedVariancePct == "0.00")
        #expect(end.result.api.calls["ce:GetCostAndUsage"] == 3)
        #expect(try workshop.verify().failure == nil)
    }

    @Test func `every archived gate judges again as it was recorded`() async throws {
        let workshop = try Workshop()
        _ = try await workshop.start()
        let month = try #require(try workshop.verify().months.first)
        let comparisons = GateRejudgement(files: month.files).compare()
        #expect(comparisons.count == 8)
        #expect(comparisons.filter { !$0.agrees }.isEmpty, "\(comparisons)")
    }

    @Test func `an edited product judges differently`() async throws {
        let workshop = try Workshop()
        _ = try await workshop.start()
        var files = try #require(try workshop.verify().months.first).files
        let path = "data/products/account-inventory.json"
        let edited = String(decoding: files[path]!, as: UTF8.self).replacing(
            "\"scope\" : \"organization\"", with: "\"scope\" : \"single-account\"")
        files[path] = Data(edited.utf8)
        #expect(GateRejudgement(files: files).compare().filter { !$0.agrees }.map(\.gate) == [.g3])
    }

    @Test func `two runs over the same answers render the same bytes`() async throws {
        let (first, second) = (try Workshop(), try Workshop())
        let (one, two) = (try await first.start(), try await second.start())
        #expect(one.result.runID != two.result.runID)
        for path in one.result.deliverables {
            let left = try Data(
                contentsOf: URL(fileURLWithPath: first.folder.path + "/\(one.result.runFolder)/\(path)"))
            let right = try Data(
                contentsOf: URL(fileURLWithPath: second.folder.path + "/\(two.result.runFolder)/\(path)"))
            #expect(left == right, "\(path)")
        }
        #expect(one.result.deliverables.count == 19)
    }

    @Test func `four roles leave a log at each seat and none is overwritten`() async throws {
        let workshop = try Workshop()
        _ = try await workshop.start()
        let logs = try FileManager.default.contentsOfDirectory(atPath: workshop.layout.coordinationLogs).sorted()
        #expect(
            logs == [
                "cloud-architect-2026-03-15.2.json", "cloud-architect-2026-03-15.json",
                "observability-engineer-2026-03-15.2.json", "observability-engineer-2026-03-15.json",
                "product-owner-2026-03-15.2.json", "product-owner-2026-03-15.json", "qa-engineer-2026-03-15.json",
            ])
    }

    @Test func `a sealed month is not run again, but may be restated beside it`() async throws {
        let workshop = try Workshop()
        _ = try await workshop.start()
        await #expect(throws: InputError.self) { try await workshop.start() }
        let restated = try await workshop.start(restates: true)
        #expect(restated.result.archive?.hasSuffix("2026-02.r1") == true)
        #expect(try workshop.verify().failure == nil)
    }
}

import FinOps
import Foundation
import TestSupport
import Testing

@testable import CostExports

/// Cost and usage reports of koku-nise, a public generator that is not ours, held against what Python's csv and decimal say.
@Suite struct `A generated cost and usage report` {
    private struct Sums: Decodable {
        let lines: Int
        let exact: String
        let byAccount: [String: String]
        let byType: [String: String]
        /// Machines on demand, one for each hour of the month.
        let hours: [String]
        /// Machines under a savings plan: on demand, and by the plan.
        let planned: [String]
    }

    private let desk: Desk

    init() throws { desk = try Desk() }

    private func generate(_ generator: String = "") async throws -> Sums {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("generated_report.py").path
        let made = try await desk.engine.processes.run(
            ProcessInvocation(
                executable: PythonProgram.interpreter, arguments: [script] + (generator.isEmpty ? [] : [generator]),
                environment: ["HOME": desk.folder.path, "PATH": "/usr/bin:/bin"], workingDirectory: desk.folder.path))
        try #require(made.exitStatus == 0, "\(String(decoding: made.standardError, as: UTF8.self).suffix(2000))")
        let said = String(decoding: made.standardOutput, as: UTF8.self)
        let line = try #require(said.split(separator: "\n").last { $0.hasPrefix("SUMS ") })
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Sums.self, from: Data(line.dropFirst(5).utf8))
    }

    @Test func `comes to what Python adds up, by account and by line item type`() async throws {
        let sums = try await generate()
        let export = try await desk.read("February-2026-None.csv")
        #expect(export.format == .curLegacy)
        #expect(export.lineCount == sums.lines && sums.lines > 2000)
        let byAccount = export.charges.reduce(into: [String: ExactDecimal]()) {
            $0[$1.account, default: .zero] += $1.billed
        }
        #expect(byAccount == sums.byAccount.compactMapValues { ExactDecimal($0) })
        #expect(byAccount.keys.sorted() == ["099999999998", "099999999999"], "a leading zero is kept")
        let byType = export.charges.reduce(into: [String: ExactDecimal]()) {
            $0[$1.recordType ?? "", default: .zero] += $1.billed
        }
        #expect(byType == sums.byType.compactMapValues { ExactDecimal($0) })
        // Rounded line by line, within half of the last digit each.
        let exact = try #require(ExactDecimal(sums.exact))
        let off = (byAccount.values.sum() - exact).magnitude
        #expect(off <= ExactDecimal(sums.lines) * "0.00000000005")
        #expect(export.delivery.linesWithoutInvoice == 0)
        #expect(export.delivery.chargedUntil == CalendarDay("2026-03-01"))
    }

    @Test func `says by the hour what no commitment covers, as Python adds it up`() async throws {
        let sums = try await generate()
        let compute = try #require(try await desk.read("February-2026-None.csv").uncoveredCompute?.value)
        #expect(sums.hours.count == 672)
        #expect(compute.hours == sums.hours.compactMap { ExactDecimal($0) })
        #expect(compute.underPlans?.onDemand == ExactDecimal(sums.planned[0]))
        #expect(compute.underPlans?.cost == ExactDecimal(sums.planned[1]))
    }

    @Test func `is a month of its own, its ledgers equal to the report`() async throws {
        let sums = try await generate()
        let export = try await MonthExportReader(desk.reader).read(
            path: desk.folder["February-2026-None.csv"], month: Desk.month,
            queries: `A whole month from an export`.queries)
        let total = sums.byType.values.compactMap { ExactDecimal($0) }.sum()
        for ledger in export.ledgers {
            #expect(ledger.total(.unblended, in: Desk.month) == total, "\(ledger.query.id)")
        }
        #expect(export.origin.provider == "AWS")
        #expect(export.origin.billingAccount == "099999999999")
        #expect(Set(export.ledgers[0].lines.map(\.day)).count == 28)
    }

    /// The generator writes the word None where its transfers have no savings plan: no amount, and no nought either.
    @Test func `with a word in place of an amount is refused with line and column`() async throws {
        _ = try await generate("DataTransferGenerator")
        let refusal = try #require(try await desk.refusal("February-2026-None.csv"))
        #expect(
            refusal.summary.hasSuffix(": column savingsPlan/SavingsPlanEffectiveCost is not an amount"),
            "\(refusal.summary)")
        #expect(refusal.summary.hasPrefix("February-2026-None.csv line "))
    }
}

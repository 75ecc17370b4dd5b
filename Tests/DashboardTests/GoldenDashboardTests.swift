import Exports
import FinOps
import Foundation
import Testing

@testable import Dashboard

/// Whole outputs at 80 columns, held against what a person has looked at. `UPDATE_GOLDEN=1` rewrites them.
@Suite("The dashboard as a terminal shows it")
struct GoldenDashboardTests {
    private func expect(_ shown: Shown, _ name: String) throws {
        let text = TextExport(width: 80, glyphs: .unicode, isColored: false).text(shown.document) + "\n"
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "Golden/\(name).txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }

    @Test(arguments: Persona.allCases)
    func `each persona`(persona: Persona) throws {
        try expect(try Shown { $0.persona = persona }, persona.rawValue)
    }

    @Test(arguments: [Persona.executive, .cfo, .cto, .architect, .sre])
    func `each persona of a month of which everything was asked`(persona: Persona) throws {
        try expect(try Shown(SampleFigures.full) { $0.persona = persona }, "full-\(persona.rawValue)")
    }

    @Test(arguments: DashboardQuery.Layout.allCases)
    func `each summary mode`(layout: DashboardQuery.Layout) throws {
        try expect(
            try Shown {
                $0.persona = .ceo
                $0.summary = layout
            }, "summary-\(layout.rawValue)")
    }

    @Test func `a selection, by two metrics, sorted by change`() throws {
        try expect(
            try Shown(second: SampleFigures.figures(metric: .amortized)) {
                $0.services = ["EC2", "RDS"]
                $0.order = .change
                $0.summary = .both
            }, "selection-dual")
    }

    @Test func `a month that was not validated`() throws {
        try expect(try Shown(SampleFigures.figures(g4: .failed)), "not-validated")
    }
}

import CostExports
import FinOps
import Foundation

/// An export held against the rules: every broken rule with its sentence, then the count. Composites are counted; what they
/// are made of is shown.
struct ConformanceView {
    let format: OutputFormat
    let terminal: Terminal
    let quiet: Bool

    func show(_ report: ConformanceReport) throws {
        guard format == .text else {
            return terminal.output(String(decoding: try JSONText.line(Document(report)), as: UTF8.self))
        }
        for verdict in report.broken where !verdict.rule.isComposite && !quiet {
            let style: Style = verdict.rule.isMandatory ? .bad : .caution
            terminal.output(
                style.apply(PhaseLine.pad(verdict.rule.id, 34), when: terminal.standardOutputIsColored)
                    + (verdict.rule.function == "Presence" ? "column is missing" : "\(verdict.violations) violations")
                    + (verdict.isKnownGapOfAWS ? "  (a known gap of AWS's own export)" : ""))
            terminal.output("  \(verdict.rule.sentence)")
        }
        terminal.output(
            "FOCUS \(report.focusVersion) (rules \(report.modelVersion)), \(report.rows) rows: "
                + "\(report.count(.passed)) rules passed, \(report.count(.failed)) failed, "
                + "\(report.count(.skipped)) skipped")
    }

    private struct Document: Encodable {
        struct Rule: Encodable {
            let id: String
            let verdict: String
            let keyword: String
            let violations: Int
            let isProviderGap: Bool
            let sentence: String

        }

        let schema = 1
        let focusVersion: String
        let modelVersion: String
        let rows: Int
        let passed: Int
        let failed: Int
        let skipped: Int
        let rules: [Rule]

        init(_ report: ConformanceReport) {
            focusVersion = report.focusVersion
            modelVersion = report.modelVersion
            rows = report.rows
            passed = report.count(.passed)
            failed = report.count(.failed)
            skipped = report.count(.skipped)
            rules = report.verdicts.map {
                Rule(
                    id: $0.rule.id, verdict: $0.outcome.rawValue, keyword: $0.rule.keyword,
                    violations: $0.violations, isProviderGap: $0.isKnownGapOfAWS, sentence: $0.rule.sentence)
            }
        }
    }
}

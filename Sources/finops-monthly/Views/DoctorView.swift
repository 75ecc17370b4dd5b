import FinOps
import Foundation

struct DoctorView {
    let format: OutputFormat
    let terminal: Terminal

    func show(_ findings: [CheckupFinding], settings: Settings) throws {
        guard format == .text else {
            let report = DoctorReport(findings: findings, settings: settings.lines)
            terminal.output(String(decoding: try JSONText.line(report), as: UTF8.self))
            return
        }
        for finding in findings {
            let word = PhaseLine.pad(finding.standing.rawValue, 8)
            let style: Style =
                switch finding.standing {
                case .ok: .good
                case .advice: .caution
                case .missing: .bad
                }
            terminal.output(
                style.apply(word, when: terminal.standardOutputIsColored) + PhaseLine.pad(finding.subject, 13)
                    + finding.text)
            if let hint = finding.hint { terminal.output(String(repeating: " ", count: 21) + "hint: " + hint) }
        }
        terminal.output("\nSettings")
        let width = settings.lines.map(\.setting.count).max() ?? 0
        for line in settings.lines {
            terminal.output("  \(PhaseLine.pad(line.setting, width)) \(line.value ?? "-")  (\(line.origin))")
        }
    }
}

private struct DoctorReport: Encodable {
    let schema = 1
    let findings: [CheckupFinding]
    let settings: [SettingLine]
}

struct SettingLine: Encodable {
    let setting: String
    let value: String?
    let origin: String
}

extension Settings {
    var lines: [SettingLine] {
        Setting.allCases.map { setting in
            SettingLine(
                setting: setting.rawValue, value: self[setting]?.text,
                origin: self[setting]?.origin.description
                    ?? "not set; \(setting.environmentVariable) or the configuration file")
        }
    }
}

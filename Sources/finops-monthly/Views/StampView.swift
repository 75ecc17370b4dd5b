import Evidence
import FinOps
import Foundation

/// What became of one question for a stamp, or that nobody had to be asked.
struct StampLine: Encodable {
    enum Word: String, Encodable { case stamped, present, unstamped }

    let month: String
    let word: Word
    let authority: String?
    let detail: String

    static func lines(_ folder: MonthFolder, _ receipts: [StampReceipt], stampCount: Int) -> [StampLine] {
        guard !receipts.isEmpty else {
            return [
                StampLine(
                    month: "\(folder)", word: .present, authority: nil, detail: "\(stampCount) on the seal already")
            ]
        }
        return receipts.map { receipt in
            switch receipt.result {
            case .stamped(let time, let signer):
                StampLine(
                    month: "\(folder)", word: .stamped, authority: receipt.authority, detail: "\(time) by \(signer)")
            case .refused(let reason), .unreachable(let reason):
                StampLine(
                    month: "\(folder)", word: .unstamped, authority: receipt.authority,
                    detail: "\(receipt.authority): \(reason)")
            }
        }
    }
}

struct StampView {
    let format: OutputFormat
    let terminal: Terminal

    func show(_ lines: [StampLine]) throws {
        guard format == .text else {
            terminal.output(String(decoding: try JSONText.line(Report(stamps: lines)), as: UTF8.self))
            return
        }
        for line in lines {
            let style: Style = line.word == .unstamped ? .bad : .good
            terminal.output(
                style.apply(PhaseLine.pad(line.word.rawValue, 11), when: terminal.standardOutputIsColored)
                    + PhaseLine.pad(line.month, 12) + line.detail)
        }
        if lines.isEmpty { terminal.output("Nothing is sealed yet.") }
    }

    private struct Report: Encodable {
        let schema = 1
        let stamps: [StampLine]
    }
}

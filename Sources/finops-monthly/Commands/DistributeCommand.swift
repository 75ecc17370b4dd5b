import ArgumentParser
import Evidence
import FinOps
import Pipeline

/// What a person found out about messages of which the tool does not know.
struct DeliveryAnswer: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Of the messages with the report whose outcome is unknown: you looked, and they were delivered.",
            valueName: "your-name"))
    var delivered: String?

    @Flag(name: .customLong("send-again"), help: "Of the messages whose outcome is unknown: send them once more.")
    var sendAgain = false

    func validate() throws {
        if delivered != nil, sendAgain {
            throw ValidationError("Give either `--delivered` or `--send-again`, not both.")
        }
    }

    /// Throws `InputError` for what names nobody.
    func answer() throws -> Distribution.Answer? {
        guard let delivered else { return sendAgain ? .sendAgain : nil }
        guard (try? PersonName.check(delivered)) != nil else {
            throw InputError(
                "bad_name", "`--delivered \(delivered)` names nobody: it takes the name of whoever looked",
                hint: "plain lower-case letters, such as alice; it is kept in the journal")
        }
        return .delivered(saidBy: delivered)
    }
}

struct DistributeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "distribute",
        abstract: "Mail the report of a sealed month to the readers it did not reach.",
        discussion: """
            Who has it already gets nothing. The signatures are counted again, and every byte is compared with what was \
            approved. Ends with 75 when a message was refused, or when nobody knows what became of one: find out, then \
            say `--delivered YOUR-NAME` or `--send-again`.
            """)

    @Argument(help: ArgumentHelp("The run (default: the newest).", valueName: "run"))
    var runID: String?

    @OptionGroup
    var answer: DeliveryAnswer

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let settings = try global.settings(project: project)
            let shelf = try RunShelf(global: global, settings: settings)
            let runID = try runID ?? shelf.newestRun()
            let wiring = try await Wiring.open(
                global, settings: settings, isSample: false, profile: try shelf.order(of: runID).request.profile,
                approver: nil, deliveryAnswer: try answer.answer())
            defer { wiring.close() }
            let report = try await wiring.engine.distribute(runID)
            try show(report, of: runID)
            return report.refusals.isEmpty ? .complete : .waiting
        }
    }

    private func show(_ report: DistributionReport, of runID: String) throws {
        guard global.format == .text else {
            let line = Line(
                runID: runID, readers: report.recipientCount, reachedBefore: report.earlierCount,
                sent: report.acceptedCount, refused: report.refusals)
            return global.terminal.output(String(decoding: try JSONText.line(line), as: UTF8.self))
        }
        global.terminal.output(
            "Sent     to \(report.acceptedCount) of \(report.recipientCount) readers; \(report.earlierCount) had it before"
        )
        // The reasons were said one by one.
        if !report.refusals.isEmpty { global.terminal.output("Refused  \(report.refusals.count)") }
    }

    private struct Line: Encodable {
        let schema = 1
        let runID: String
        let readers: Int
        let reachedBefore: Int
        let sent: Int
        let refused: [String]
    }
}

import ArgumentParser
import FinOps
import Gates
import Pipeline

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a gate, a verdict, an exit status, a phase or a fact: explain G4.",
        discussion: "Without a topic: the table of phases, gates and what a failure does.")

    @Argument(help: ArgumentHelp("G0 to G8, passed, undetermined, 75, phases, …", valueName: "topic"))
    var topic: String?

    @Option(help: ArgumentHelp("Of a fact: the sealed month (default: the newest).", valueName: "YYYY-MM"))
    var month: String?

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let text = try fact() ?? Explanation.text(of: topic)
            guard global.format == .text else {
                let report = ExplanationReport(topic: topic ?? "phases", text: text)
                global.terminal.output(String(decoding: try JSONText.line(report), as: UTF8.self))
                return .complete
            }
            global.terminal.output(text)
            return .complete
        }
    }
}

extension ExplainCommand {
    /// Nil when the topic is no fact: those have dots, and nothing else that is explained does.
    private func fact() throws -> String? {
        guard let topic, topic.contains(".") else { return nil }
        let layout = try global.settings(project: project).layout(root: global.rootDirectory)
        return try FactExplanation(FinishedMonth.open(month, layout: layout)).text(of: topic)
    }
}

private struct ExplanationReport: Encodable {
    let schema = 1
    let topic: String
    let text: String
}

/// The words of this tool, explained from where they are declared.
enum Explanation {
    static func text(of topic: String?) throws -> String {
        guard let topic, topic != "phases" else { return phaseTable }
        if let gate = GateID(rawValue: topic.uppercased()), let description = GateCatalog.description(of: gate) {
            return explain(description)
        }
        if let outcome = Verdict.Outcome(rawValue: topic.lowercased()) {
            return "\(outcome.rawValue): \(meaning(outcome))"
        }
        if let code = Int32(topic) {
            guard let status = ExitStatus(rawValue: code) else {
                throw InputError(
                    "unknown_topic", "no run ends with status \(code)", hint: "`finops-monthly explain exit` lists them"
                )
            }
            return "\(code): \(status.meaning)"
        }
        if topic == "exit" { return exitTable }
        let topics = GateID.allCases.map(\.rawValue) + Verdict.Outcome.allCases.map(\.rawValue) + ["phases", "exit"]
        throw InputError(
            "unknown_topic", "there is nothing to explain under `\(topic)`",
            hint: NearestName.suggestion(for: topic, among: topics).map { "did you mean `\($0)`?" }
                ?? "topics: \(topics.joined(separator: ", ")), or an exit status")
    }

    static func meaning(_ outcome: Verdict.Outcome) -> String {
        switch outcome {
        case .passed: "what the gate asks is true."
        case .advised: "true, with something a person should know. Never blocks."
        case .failed: "judged, and not true. A blocking gate then stops the run."
        case .undetermined: "could not be judged, and therefore not passed. Blocks whatever a failure would block."
        }
    }

    static func consequence(_ action: GateAction) -> String {
        switch action {
        case .halt: "the run halts"
        case .blockPublish: "nothing is published"
        case .fallBackToSingleAccount:
            "the run falls back to the single account, said in every report, and is judged again"
        case .failCrossValidation: "the cross-validation fails and a root cause is required; no total is printed"
        case .retryFormatter: "the formatter is retried once and judged again"
        case .advise: "it is said; nothing is blocked"
        case .waitForHuman: "the run waits for a human"
        case .blockDistribution: "nothing is distributed"
        case .blockCompletion: "the month is not called complete"
        }
    }

    private static func explain(_ gate: GateDescription) -> String {
        let status = gate.onFailure == .advise ? "none: it is advisory" : "\(ExitStatus(stoppedBy: gate.id).rawValue)"
        return """
            \(gate.id.rawValue) \(gate.title)

              Asks         \(gate.criterion)
              Phase        \(gate.phase.rawValue) \(gate.phase.name)
              Otherwise    \(consequence(gate.onFailure))
              Exit status  \(status)
            """
    }

    private static var phaseTable: String {
        PhaseID.allCases.flatMap { phase in
            let head = "\(PhaseLine.pad(phase.rawValue, 3)) \(phase.name)"
            let gates = GateCatalog.all.filter { $0.phase == phase }.map {
                "      \($0.id.rawValue)  \($0.criterion)\n          otherwise \(consequence($0.onFailure))"
            }
            return [head] + gates
        }.joined(separator: "\n")
    }

    static var exitTable: String {
        ExitStatus.allCases.map { PhaseLine.pad("\($0.rawValue)", 4) + $0.meaning }.joined(separator: "\n")
    }
}

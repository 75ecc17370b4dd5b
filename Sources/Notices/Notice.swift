public import FinOps

/// What people are told of a run: where it stands, its facts, and what to do next. Every figure is a fact of the run's result;
/// what is not established is not mentioned.
public struct Notice: Hashable, Sendable {
    public enum Event: String, Codable, Sendable, CaseIterable {
        case waits, approved, rejected, complete, failed
    }

    public struct Fact: Hashable, Sendable {
        public let name: String
        public let value: String
    }

    public let event: Event
    /// Nil when it stopped before it had a name that is known.
    public let run: String?
    /// One line: the subject of a mail, the head of a card.
    public let title: String
    public let facts: [Fact]
    /// One sentence.
    public let nextStep: String

    /// - Parameters:
    ///   - provider: Whose bill it is.
    ///   - total: As people read it, `USD 318,841.25`; nil when no total is established.
    ///   - reason: Why it waits, was rejected or failed.
    public init(
        _ event: Event, run: String?, month: BillingMonth, project: String, isSample: Bool,
        provider: String = "AWS", total: String?,
        reason: String? = nil, nextStep: String
    ) {
        self.event = event
        self.run = run
        title = "\(isSample ? "[Sample] " : "")\(provider) costs \(month): \(event.words)"
        var facts = [Fact(name: "Month", value: "\(month) of \(project)")]
        if let run { facts.append(Fact(name: "Run", value: run)) }
        if let total { facts.append(Fact(name: "Total", value: total)) }
        if let reason { facts.append(Fact(name: "Reason", value: Self.shortened(reason))) }
        self.facts = facts
        self.nextStep = nextStep
    }

    /// One line, for a reason may hold names that strangers chose; every service cuts long texts, and some refuse them.
    private static func shortened(_ reason: String) -> String {
        let text = UntrustedText(reason, limitBytes: UntrustedText.reasonLimitBytes).text
        return text.count <= 500 ? text : text.prefix(499) + "…"
    }
}

extension Notice.Event {
    var words: String {
        switch self {
        case .waits: "the report waits for a decision"
        case .approved: "an approval was recorded"
        case .rejected: "the report was rejected"
        case .complete: "the month is complete and sealed"
        case .failed: "the run stopped"
        }
    }
}

extension Notice {
    /// The whole notice as plain text.
    public var text: String {
        let width = facts.map(\.name.count).max() ?? 0
        let lines = facts.map { fact in
            fact.name + String(repeating: " ", count: width - fact.name.count + 2) + fact.value
        }
        return ([title, ""] + lines + ["", "Next: " + nextStep]).joined(separator: "\n") + "\n"
    }
}

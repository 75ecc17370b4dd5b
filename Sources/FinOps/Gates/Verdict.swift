/// The nine gates, by the numbers auditors know them by.
public enum GateID: String, Hashable, Codable, Sendable, CaseIterable, Comparable {
    case g0 = "G0"
    case g1 = "G1"
    case g2 = "G2"
    case g3 = "G3"
    case g4 = "G4"
    case g5 = "G5"
    case g6 = "G6"
    case g7 = "G7"
    case g8 = "G8"

    public var number: Int { Int(rawValue.dropFirst())! }

    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

/// What a gate found. "Judged false" is never "could not judge", and neither is ever "passed".
public struct Verdict: Hashable, Codable, Sendable {
    public enum Outcome: String, Codable, Sendable, CaseIterable {
        case passed
        /// Passed with something a person should know; never blocks.
        case advised
        case failed
        /// Could not be judged. Blocks whatever a failure would block.
        case undetermined
    }

    public let gate: GateID
    public let outcome: Outcome
    /// What the run does because of it; nil when it goes on as planned.
    public let action: GateAction?
    /// Sentences a person can act on, most important first. Never empty unless passed.
    public let reasons: [String]
    /// The operation and request that decided it, where there was one.
    public let trouble: Trouble?

    public init(
        _ gate: GateID, _ outcome: Outcome, action: GateAction? = nil, reasons: [String] = [], trouble: Trouble? = nil
    ) {
        self.gate = gate
        self.outcome = outcome
        self.action = action
        self.reasons = reasons
        self.trouble = trouble
    }

    /// Passed or advised: the run may build on what was judged.
    public var holds: Bool { outcome == .passed || outcome == .advised }

    private enum CodingKeys: String, CodingKey {
        case gate = "id"
        case outcome = "verdict"
        case action, reasons, trouble
    }
}

/// What a gate that does not hold makes the run do: the column "what a failure does" of the phase table.
public enum GateAction: String, Hashable, Codable, Sendable, CaseIterable {
    case halt
    case blockPublish = "block_publish"
    case fallBackToSingleAccount = "fall_back_to_single_account"
    case failCrossValidation = "fail_cross_validation"
    case retryFormatter = "retry_formatter"
    case advise
    case waitForHuman = "wait_for_human"
    case blockDistribution = "block_distribution"
    case blockCompletion = "block_completion"
}

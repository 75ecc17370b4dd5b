public import FinOps

/// The result object of `run`, `resume` and `status RUN`: an interface other programs rely on (schema 1).
///
/// `totals` is absent whenever a gate that must hold does not: a month that was not established has no total.
public struct RunResult: Hashable, Codable, Sendable {
    public enum Status: String, Codable, Sendable {
        case complete
        case awaitingDecision = "awaiting_decision"
        case halted
        case rejected
        case interrupted
    }

    public struct Accounts: Hashable, Codable, Sendable {
        public let discovered: Int
        public let withCost: Int?
        public let scope: RunRequest.Scope
    }

    public struct Totals: Hashable, Codable, Sendable {
        public let currency: Currency
        public let net: String
        public let gross: String
        public let previousNet: String?
    }

    public struct CrossValidationResult: Hashable, Codable, Sendable {
        public struct Item: Hashable, Codable, Sendable {
            public let recordClass: RecordClass
            public let amount: String
            public let sharePct: String?

            private enum CodingKeys: String, CodingKey {
                case recordClass = "class"
                case amount, sharePct
            }
        }

        public let verdict: Verdict.Outcome
        public let rawVariancePct: String?
        public let adjustedVariancePct: String?
        public let layers: [String: String]
        public let items: [Item]
        public let residual: String?
        public let residualByAccountAbs: String?
    }

    public struct Gate: Hashable, Codable, Sendable {
        public let id: GateID
        public let verdict: Verdict.Outcome
        public let action: GateAction?
        public let reasons: [String]

        /// `action` is written as null when there is none: readers may count on the key.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(verdict, forKey: .verdict)
            try container.encode(action, forKey: .action)
            try container.encode(reasons, forKey: .reasons)
        }

        private enum CodingKeys: String, CodingKey { case id, verdict, action, reasons }
    }

    public struct Phase: Hashable, Codable, Sendable {
        public let phase: PhaseID
        public let name: String
        public let seconds: String
        public let status: PhaseSummary.Status
    }

    public struct API: Hashable, Codable, Sendable {
        public let calls: [String: Int]
        public let retries: Int
        /// Answers that earlier runs had paid for.
        public let cachedAnswers: Int
        public let costUSD: String
    }

    /// What a role concluded at the end, and the gravest thing it found.
    public struct Review: Hashable, Codable, Sendable {
        public let role: String
        /// The program that spoke in the role's seat; nil for the built-in role.
        public let program: String?
        public let verdict: RoleReview.Verdict
        public let score: Int?
        public let finding: String?
    }

    /// What the language model was asked, and what that took.
    public struct Interpretation: Hashable, Codable, Sendable {
        public let model: String
        /// The name may stand for another model tomorrow.
        public let floating: Bool
        public let questions: Int
        public let accepted: Int
        public let refused: Int
        public let inputTokens: Int
        public let cachedInputTokens: Int
        public let outputTokens: Int
        /// Nil when no prices are set.
        public let costUSD: String?
    }

    public struct DecisionResult: Hashable, Codable, Sendable {
        public let required: Bool
        public let threshold: String
        public let state: ApprovalState.State
    }

    public let schema: Int
    public let runID: String
    public let month: BillingMonth
    public let project: String
    public let status: Status
    public let exitStatus: Int
    /// Nothing in the month is estimated, and it is past the 8th of the next; nil before that is known.
    public let final: Bool?
    public let sample: Bool
    public let accounts: Accounts?
    public let totals: Totals?
    public let crossValidation: CrossValidationResult?
    public let gates: [Gate]
    public let phases: [Phase]
    public let api: API
    public let deliverables: [String]
    public let decision: DecisionResult?
    /// The folder of the working files, relative to the root.
    public let runFolder: String
    public let archive: String?
    public let seal: String?
    public let reviews: [Review]
    public let completionStatement: String?
    /// Nil when no model was asked.
    public let interpretation: Interpretation?
    /// Nil when Cost Explorer was asked.
    public let export: Export?

    /// The export that the whole month was read from.
    public struct Export: Hashable, Codable, Sendable {
        public let source: String
        public let format: LineItemExport.Format
        public let provider: String
        public let lines: Int
        /// Ids of the sources beside it that confirm the total; empty when nothing does.
        public let confirmedBy: [String]
        /// `the line items of export (FOCUS 1.2 of AWS)`.
        public let words: String
    }
}

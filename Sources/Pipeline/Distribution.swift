public import FinOps
public import Foundation

/// How approved reports reach people. Without it nobody is sent anything.
public struct Distribution: Sendable {
    /// What a person says of messages of which it is not known whether they were delivered.
    public enum Answer: Hashable, Sendable {
        /// Somebody looked, and says so by name.
        case delivered(saidBy: String)
        case sendAgain
    }

    let post: any ReportPost
    /// Nil while nobody was asked.
    let answer: Answer?

    public init(post: any ReportPost, answer: Answer? = nil) {
        (self.post, self.answer) = (post, answer)
    }
}

/// Takes reports to people, one message each.
public protocol ReportPost: Sendable {
    /// Addresses. They are hashed and given back to `send`; the run keeps none of them. Throws `InputError`.
    func recipients() async throws -> [String]
    /// Sends once.
    func send(_ letter: ReportLetter) async -> PostOutcome
}

/// The approved reports on their way to one person.
public struct ReportLetter: Sendable {
    /// SHA-256 over run, deliverables and recipient: the same letter has the same key, so that a copy is recognisable.
    public let key: Digest
    public let recipient: String
    /// Relative to the run's folder, `reports/cfo.html`, with the very bytes that were compared with what was approved.
    public let reports: [(path: String, bytes: Data)]
    public let date: Timestamp
}

public enum PostOutcome: Hashable, Sendable {
    /// `id` is the name whoever took it over gave it, where it gave one.
    case accepted(id: String? = nil)
    /// Certainly not delivered. Words without address or secret.
    case refused(String)
    /// Handed over in full, and no answer came.
    case unknown(String)
}

/// Where the letter to one recipient stands, as the journal tells it.
public enum DeliveryState: String, Hashable, Sendable {
    /// Begun, and no result was journaled.
    case unknown
    case accepted
    case refused
}

/// What became of the letters of one call.
public struct DistributionReport: Hashable, Sendable {
    /// To whom the report goes.
    public let recipientCount: Int
    /// Who had it, as the journal or a person said.
    public internal(set) var earlierCount = 0
    public internal(set) var acceptedCount = 0
    /// A reason for each letter that was certainly not delivered. Words without address or secret.
    public internal(set) var refusals: [String] = []
    /// Letters of which nobody knows.
    var unknown: [Digest] = []
}

/// Nobody knows whether some letters were delivered: a person finds out, the tool does not guess. Exit status 75.
public struct UnknownDeliveries: ExplainedError, Hashable {
    let runID: String
    let keys: [Digest]
    let recipientCount: Int
    /// False before the month is sealed, which then waits for the answer.
    let isSealed: Bool

    public var code: String { "delivery_unknown" }
    public var summary: String {
        "whether \(keys.count) of \(recipientCount) messages with the report was delivered is not known"
            + (isSealed ? "" : "; nothing was sealed")
    }
    public var cause: String? {
        "sending began and no answer was seen: Message-ID "
            + keys.map { String($0.hex.prefix(32)) }.joined(separator: ", ")
    }
    public var hint: String? {
        let command = "finops-monthly \(isSealed ? "distribute" : "resume") \(runID)"
        return "look for it where the mail went, then `\(command) --delivered YOUR-NAME` or `\(command) --send-again`"
    }
}

public import Evidence
public import FinOps
import Reports

/// What a person must be shown before deciding, in a terminal, in a browser or on another machine: printed from the very facts
/// the request names, with what changed since the month before and what the gates had to say.
public struct ApprovalBriefing: Sendable {
    public let request: ApprovalRequest
    /// The page to read first, as the reader finds it.
    public let reportPath: String
    /// Every report, by its path in the folder.
    public let reports: [String]
    let book: FactBook
    private let facts: [String: Fact]

    init(request: ApprovalRequest, book: FactBook, reports: [String], reportPath: String) {
        (self.request, self.book, self.reports, self.reportPath) = (request, book, reports, reportPath)
        facts = Dictionary(book.facts.map { ($0.id, $0) }) { first, _ in first }
    }

    public var project: String { book.project }
    public var currency: Currency { book.currency }
    /// Estimated by the provider, or too early in the next month to be settled.
    public var isPreliminary: Bool { book.isPreliminary }
    public var isSample: Bool { book.isSample }
    /// Nil when it could not be established.
    public var total: ExactDecimal? { value("total.net") }
    public var previousTotal: ExactDecimal? { value("total.previous") }
    public var change: ExactDecimal? { value("total.change") }
    /// Percent.
    public var changeShare: ExactDecimal? { value("total.change_pct") }
    /// A total above this needs people.
    public var threshold: ExactDecimal? { value("policy.approval_threshold") }
    /// What is left of the change beyond the number of days.
    public var underlyingChange: ExactDecimal? { value("total.underlying") }

    /// Gates that were advised or did not hold, with their reasons.
    public var concerns: [Verdict] {
        request.concerns ?? book.gates.filter { $0.outcome != .passed }
    }

    /// The policy's weaker modes in words; empty when there are none.
    public var weakerModes: [String] {
        RunPolicy(approvalQuorum: request.quorum, requesterMayApprove: request.requesterMayApprove).weakerModes
    }

    /// A subject whose cost moved.
    public struct Mover: Hashable, Sendable {
        /// Named by people; cleaned of what is invisible or could redraw a terminal.
        public let name: String
        public let change: ExactDecimal
        /// Nil where the month before knows nothing of it.
        public let share: ExactDecimal?
    }

    /// The accounts that changed most, largest first.
    public func accountMovers(_ count: Int = 5) -> [Mover] {
        movers(book.accounts, count) { $0.name == $0.key ? $0.key : "\(UntrustedText($0.name).text) (\($0.key))" }
    }

    /// The services that changed most, before the partner discount, largest first.
    public func serviceMovers(_ count: Int = 5) -> [Mover] {
        movers(book.services, count) { UntrustedText($0.name).text }
    }

    private func movers(_ subjects: [FactSubject], _ count: Int, _ name: (FactSubject) -> String) -> [Mover] {
        let moved = subjects.compactMap { subject in
            value("\(subject.factPrefix).change").flatMap { change in
                change.isZero
                    ? nil
                    : Mover(name: name(subject), change: change, share: value("\(subject.factPrefix).change_pct"))
            }
        }
        return Array(
            moved.sorted { ($1.change.magnitude, $0.name) < ($0.change.magnitude, $1.name) }.prefix(count))
    }

    private func value(_ id: String) -> ExactDecimal? { facts[id]?.value }
}

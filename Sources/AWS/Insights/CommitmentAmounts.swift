import FinOps

/// Reads the amounts of an answer about commitments: text in US dollars, without a unit.
struct CommitmentAmounts {
    let operation: ReadOperation
    let requestID: String?

    init(_ operation: ReadOperation, requestID: String?) {
        self.operation = operation
        self.requestID = requestID
    }

    func number(_ text: String?, _ what: String) throws -> ExactDecimal {
        guard let amount = ExactDecimal(text ?? "") else { throw refused("\(what) is not an amount") }
        return amount
    }

    func money(_ text: String?, _ what: String) throws -> Money { Money(try number(text, what), .usd) }

    /// What may be missing, but not unreadable.
    func optional(_ text: String?, _ what: String) throws -> Money? { try text.map { try money($0, what) } }

    func refused(_ message: String) -> Trouble {
        Trouble(
            .inconsistent, code: "UnreadableCommitment", message: message, operation: operation.rawValue,
            requestID: requestID)
    }
}

/// What AWS tells of one commitment beside its amounts. The names are not part of the documented model and differ in their
/// capitals between answers, so they are looked up without them; a missing one is unknown.
struct CommitmentAttributes {
    private let values: [String: String]

    init(_ attributes: [String: String]?) {
        values = Dictionary((attributes ?? [:]).map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
    }

    subscript(name: String) -> String? { values[name.lowercased()].flatMap { $0.isEmpty ? nil : $0 } }

    /// The day of a time such as `2026-09-14T00:00:00.000Z`.
    func day(_ name: String) -> CalendarDay? { self[name].flatMap { CalendarDay(String($0.prefix(10))) } }
}

/// How long an answer about the commitments of some days may be used.
struct CommitmentValidity {
    let endDay: CalendarDay

    func of<Page>(_ pages: [Page], _ today: CalendarDay) -> CachedListing.Validity {
        endDay.adding(days: -1).billingMonth.isSettled(on: today) ? .forGood : .estimated
    }
}

extension Commitment {
    /// What ends first, first; what has no known end last.
    static func endsEarlier(_ left: Commitment, _ right: Commitment) -> Bool {
        switch (left.endDay, right.endDay) {
        case (let one?, let other?) where one != other: one < other
        case (.some, nil): true
        case (nil, .some): false
        default: left.id < right.id
        }
    }
}

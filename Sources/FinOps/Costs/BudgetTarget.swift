/// A monthly budget that a person set for the organisation or a part of it.
public struct BudgetTarget: Hashable, Codable, Sendable {
    /// Whose costs count against it.
    public enum Subject: Hashable, Sendable {
        case organization
        /// An organisational unit by the names from the root down; everything below it counts.
        case unit([String])
        /// Twelve digits at AWS, any other text elsewhere.
        case account(String)
    }

    public let subject: Subject
    public let monthly: Money

    public init(_ subject: Subject, monthly: Money) {
        self.subject = subject
        self.monthly = monthly
    }

    /// `organization=350000.00`, `ou:Workloads/Prod=120000.00`, `account:111122223333=5000.00 NZD`: whose, how much a
    /// month, and the currency where it is not US dollars. Nil for anything else, and for an amount below zero.
    public init?(_ text: String) {
        guard let equals = text.lastIndex(of: "="), let subject = Subject(String(text[..<equals])) else { return nil }
        let words = text[text.index(after: equals)...].split(separator: " ").map(String.init)
        guard (1...2).contains(words.count), let amount = ExactDecimal(words[0]), !amount.isNegative,
            let currency = words.count == 1 ? .usd : Currency(words[1])
        else { return nil }
        self.init(subject, monthly: Money(amount, currency))
    }

    /// Whether the costs of an account count. An account whose place in the tree is not known belongs to no unit.
    public func counts(_ account: Account) -> Bool {
        switch subject {
        case .organization: true
        case .unit(let path): account.organizationalUnits?.starts(with: path) ?? false
        case .account(let id): account.id == id
        }
    }
}

extension BudgetTarget.Subject: LosslessStringConvertible, Codable {
    public init?(_ text: String) {
        if text == "organization" {
            self = .organization
        } else if text.hasPrefix("ou:") {
            let names = text.dropFirst(3).split(separator: "/", omittingEmptySubsequences: false).map { name in
                String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            guard names.allSatisfy({ !$0.isEmpty }) else { return nil }
            self = .unit(names)
        } else if text.hasPrefix("account:") {
            let id = String(text.dropFirst(8))
            // AWS's ids are numbers; what begins as one must be one, unless its parts are set apart as other clouds do it.
            let isNumber = id.count == 12 && id.allSatisfy(\.isASCIIDigit)
            guard isNumber || id.contains("-") || id.first.map({ !$0.isASCIIDigit }) == true else { return nil }
            self = .account(id)
        } else {
            return nil
        }
    }

    /// As it is written in settings.
    public var description: String {
        switch self {
        case .organization: "organization"
        case .unit(let names): "ou:" + names.joined(separator: "/")
        case .account(let id): "account:" + id
        }
    }

    public init(from decoder: any Decoder) throws { self = try decoder.decodeText(as: BudgetTarget.Subject.self) }
    public func encode(to encoder: any Encoder) throws { try encoder.encodeText(self) }
}

extension AccountInventory {
    /// Throws `InputError` that names a unit or an account which the organisation does not have: a budget that is misspelt
    /// must not silently watch nothing. What cannot be known, because the tree or the organisation could not be read, is let
    /// through and stays unknown.
    public func check(_ budgets: [BudgetTarget]) throws {
        guard scope == .organization, !accounts.isEmpty else { return }
        for budget in budgets {
            switch budget.subject {
            case .organization: break
            case .account(let id) where !accounts.contains { $0.id == id }:
                throw unknown(budget, "account \(id)", NearestName.suggestion(for: id, among: accounts.map(\.id)))
            case .account: break
            case .unit(let path):
                guard accounts.allSatisfy({ $0.organizationalUnits != nil }), !accounts.contains(where: budget.counts)
                else { continue }
                let units = accounts.compactMap(\.organizationalUnits).flatMap { units in
                    units.indices.map { units[...$0].joined(separator: "/") }
                }
                let name = path.joined(separator: "/")
                throw unknown(
                    budget, "organisational unit \(name)",
                    NearestName.suggestion(for: name, among: Set(units).sorted()).map { "ou:\($0)" })
            }
        }
    }

    private func unknown(_ budget: BudgetTarget, _ what: String, _ suggestion: String?) -> InputError {
        InputError(
            "unknown_budget_subject",
            "`budgets` sets a budget for \(what), and no account of the organisation is in it",
            hint: suggestion.map { "did you mean `\($0)`?" } ?? "correct or remove `\(budget.subject)`, then run again")
    }
}

import FinOps

/// A way in which the sandbox misbehaves on purpose: `name`, or `name=value`.
public struct SandboxTrouble: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case expiredToken = "expired-token"
        case deny
        case throttle
        case latency
        case serverError = "server-error"
        case empty200 = "empty-200"
        case truncated
        case html200 = "html-200"
        case malformed
        case accountLeaves = "account-leaves"
        case dataRefreshed = "data-refreshed"
        case unsupported
        case discrepancy
    }

    public let kind: Kind
    /// The service it is limited to; nil means every service it makes sense for.
    public let service: String?
    /// Requests a second, milliseconds or number of requests, as the kind says.
    public let number: Int?
    /// Only for `discrepancy`.
    public let discrepancy: SandboxOptions.Discrepancy?

    public init(
        _ kind: Kind, service: String? = nil, number: Int? = nil, discrepancy: SandboxOptions.Discrepancy? = nil
    ) {
        self.kind = kind
        self.service = service
        self.number = number
        self.discrepancy = discrepancy
    }

    func applies(to service: String) -> Bool { self.service == nil || self.service == service }
}

extension SandboxTrouble {
    /// One line of the table that help prints.
    public struct Description: Sendable {
        public let kind: Kind
        /// `throttle=N`, `deny=SERVICE`, `truncated[=SERVICE]`.
        public let syntax: String
        public let effect: String
    }

    /// Every trouble there is, in the order help prints them.
    public static let table: [Description] = [
        Description(kind: .expiredToken, syntax: "expired-token[=SERVICE]", effect: "every token has expired"),
        Description(kind: .deny, syntax: "deny=SERVICE", effect: "access denied, e.g. deny=ce"),
        Description(
            kind: .unsupported, syntax: "unsupported=SERVICE", effect: "the endpoint does not know the operations"),
        Description(
            kind: .throttle, syntax: "throttle=N[@SERVICE]",
            effect: "more than N requests a second are refused (ce: LimitExceededException)"),
        Description(kind: .latency, syntax: "latency=MS", effect: "every answer takes MS milliseconds longer"),
        Description(
            kind: .serverError, syntax: "server-error=N[@SERVICE]", effect: "the first N requests end with status 500"),
        Description(kind: .empty200, syntax: "empty-200[=SERVICE]", effect: "status 200 without a body"),
        Description(kind: .html200, syntax: "html-200[=SERVICE]", effect: "status 200 with a proxy's sign-in page"),
        Description(kind: .truncated, syntax: "truncated[=SERVICE]", effect: "the connection ends in mid-body"),
        Description(kind: .malformed, syntax: "malformed[=SERVICE]", effect: "status 200 with half a JSON document"),
        Description(
            kind: .accountLeaves, syntax: "account-leaves",
            effect: "an account leaves between two pages of ListAccounts"),
        Description(
            kind: .dataRefreshed, syntax: "data-refreshed", effect: "costs change after the first cost request"),
        Description(
            kind: .discrepancy, syntax: "discrepancy=AMOUNT[@ACCOUNT]",
            effect: "answers by service show AMOUNT more than the others"),
    ]

    public static let services = [
        "sts", "organizations", "ce", "budgets", "invoicing", "iam", "savingsplans",
        "cost-optimization-hub", "compute-optimizer",
    ]

    public static let names = Kind.allCases.map(\.rawValue)

    /// Reads `name[=value]`. Throws `InputError` with the nearest name or the syntax as the hint.
    public init(parsing text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let kind = Kind(rawValue: parts[0]) else {
            let nearest = NearestName.suggestion(for: parts[0], among: Kind.allCases.map(\.rawValue))
            throw InputError(
                "unknown_trouble", "there is no trouble named \(parts[0])",
                hint: nearest.map { "did you mean \($0)?" }
                    ?? "known are " + Self.names.joined(separator: ", "))
        }
        let value = parts.count == 2 ? parts[1] : nil
        switch kind {
        case .deny, .unsupported:
            guard let value else { throw Self.malformed(kind) }
            self.init(kind, service: try Self.service(value))
        case .throttle, .serverError, .latency:
            guard let pieces = value?.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false),
                let number = Int(pieces[0]), number >= (kind == .throttle ? 1 : 0), number <= 600_000,
                pieces.count == 1 || kind != .latency
            else { throw Self.malformed(kind) }
            self.init(kind, service: pieces.count == 2 ? try Self.service(String(pieces[1])) : nil, number: number)
        case .discrepancy:
            guard let pieces = value?.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false),
                let amount = ExactDecimal(String(pieces[0])), amount.magnitude < ExactDecimal(1_000_000_000),
                amount.rounded(toFractionDigits: 6) == amount
            else { throw Self.malformed(kind) }
            self.init(
                kind, discrepancy: .init(amount: amount, account: pieces.count == 2 ? String(pieces[1]) : nil))
        case .accountLeaves, .dataRefreshed:
            guard value == nil else { throw Self.malformed(kind) }
            self.init(kind)
        case .expiredToken, .empty200, .truncated, .html200, .malformed:
            self.init(kind, service: try value.map(Self.service))
        }
    }

    private static func service(_ name: String) throws -> String {
        guard services.contains(name) else {
            throw InputError(
                "unknown_service", "the sandbox serves no \(name)",
                hint: NearestName.suggestion(for: name, among: services).map { "did you mean \($0)?" }
                    ?? "it serves " + services.joined(separator: ", "))
        }
        return name
    }

    private static func malformed(_ kind: Kind) -> InputError {
        let syntax = table.first { $0.kind == kind }!.syntax
        return InputError("malformed_trouble", "\(kind.rawValue) needs another value", hint: "write \(syntax)")
    }
}

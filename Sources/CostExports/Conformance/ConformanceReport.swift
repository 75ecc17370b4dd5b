/// What became of one rule.
public struct ConformanceVerdict: Sendable {
    public enum Outcome: String, Sendable { case passed, failed, skipped }

    public let rule: ConformanceRule
    public let outcome: Outcome
    /// Rows, or groups of rows, that break it; for a rule made of rules at least one.
    public let violations: Int

    /// AWS says of its own export that these columns may be empty where the specification forbids it.
    public var isKnownGapOfAWS: Bool {
        outcome == .failed && rule.function == "Nullability" && Self.emptyAtAWS.contains(rule.reference)
    }

    private static let emptyAtAWS: Set = [
        "ContractedUnitPrice", "InvoiceIssuerName", "ListUnitPrice", "PricingUnit", "PublisherName", "SkuId",
        "SkuPriceId",
    ]
}

/// An export held against the rules of FOCUS.
public struct ConformanceReport: Sendable {
    public let focusVersion: String
    public let modelVersion: String
    public let rows: Int
    /// In the order in which rules rest on one another.
    public let verdicts: [ConformanceVerdict]

    public func count(_ outcome: ConformanceVerdict.Outcome) -> Int { verdicts.count { $0.outcome == outcome } }

    /// Rules of the words MUST and MUST NOT that are broken by themselves, not by what they are made of.
    public var brokenMandatory: [ConformanceVerdict] {
        broken.filter { $0.rule.isMandatory && !$0.rule.isComposite }
    }

    public var broken: [ConformanceVerdict] { verdicts.filter { $0.outcome == .failed } }
}

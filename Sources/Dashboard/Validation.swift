public import FinOps

/// What was checked of a month before its figures are shown, at the level asked for.
public struct Validation: Hashable, Sendable {
    public let holds: Bool
    /// For the reader, the conclusion first.
    public let sentence: String
    /// Why it does not hold; empty when it does.
    public let reasons: [String]

    /// - Parameter reading: What the level `mcp` asks for.
    public init(_ level: ValidationLevel, of figures: MonthFigures, readAgain reading: SecondReading? = nil) {
        let check = figures.crossValidation
        let identities = check.identities.filter(\.isInternal)
        let verdict = figures.verdict(of: .g4)
        var reasons: [String] = []
        if identities.isEmpty { reasons.append("no identity between the layers could be checked") }
        reasons += identities.filter { !$0.holds }.map { "\($0.statement) does not hold" }
        if verdict?.holds != true {
            reasons += verdict.map { ["G4 \($0.outcome.rawValue)"] + $0.reasons } ?? ["G4 was not judged"]
        }
        let confirming = check.outsideSources.filter(\.confirms)
        if level == .strict, confirming.isEmpty { reasons += Self.unconfirmed(check) }
        if level == .mcp { reasons += reading?.reasons ?? ["no value was read again"] }
        self.reasons = reasons
        holds = reasons.isEmpty
        let counted = "\(identities.count) identities hold, G4 \(verdict?.outcome.rawValue ?? "")"
        sentence =
            !holds
            ? "not validated: \(reasons[0])"
            : level == .strict
                ? "strict: \(counted), confirmed by \(confirming.map { "\($0.id) (\($0.title))" }.joined(separator: ", "))"
                : "\(level.rawValue): \(counted)" + (reading.map { "; \($0.sentence)" } ?? "")
    }

    /// One sentence a source outside Cost Explorer that should have confirmed the total and did not.
    private static func unconfirmed(_ check: CrossValidation) -> [String] {
        let outside = (check.comparisons ?? []).filter { $0.weight != .sameStore && $0.weight != .informational }
        let why = outside.map { comparison in
            comparison.agreement == .unexplained
                ? "\(comparison.id) differs from Cost Explorer (\(comparison.title))"
                : "\(comparison.id): \(comparison.obstacles.joined(separator: ", "))"
        }
        return ["no source outside Cost Explorer confirms the total"] + why
    }
}

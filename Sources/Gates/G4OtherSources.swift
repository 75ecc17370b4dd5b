import FinOps

/// What the sources outside Cost Explorer add to a verdict that holds: a settled invoice can fail the month, a moving budget
/// can only advise, a person's export only speaks.
struct OtherSources {
    let product: CrossValidation
    let percent: ExactDecimal

    private var comparisons: [LayerComparison] { product.comparisons ?? [] }

    /// Differences over the limit from a source that may decide.
    var refusals: [String] {
        comparisons.filter { $0.weight == .binding && $0.agreement == .unexplained && !isWithinGate($0) }.map(sentence)
    }

    /// Differences a person should know of, from a source that may say so.
    var advice: [String] {
        comparisons.filter { $0.weight != .informational && $0.agreement == .unexplained }.map(sentence)
    }

    /// What a month from an export alone lacks: its layers are one set of files read twice.
    var lack: [String] {
        guard let origin = product.origin else { return [] }
        return
            (product.outsideSources.contains(where: \.confirms)
            ? [] : ["Nothing independent confirms the total: both layers are sums of \(origin.words)."])
            + (origin.delivery.manifest == nil
                ? ["No manifest says whether \(origin.source) is all of the month."] : [])
            + (origin.isInvoiced == nil ? ["\(origin.source) has no column that says whether it is invoiced."] : [])
    }

    /// What agrees, what only speaks, and what could not be compared.
    var remarks: [String] {
        let compared = comparisons.filter { $0.figures != nil }
        let said = compared.filter { $0.agreement != .unexplained || $0.weight == .informational }.map(sentence)
        let outside = comparisons.filter { $0.weight != .sameStore }
        guard product.outsideSources.isEmpty, !outside.isEmpty else { return said }
        let obstacles = outside.filter { $0.figures == nil }.map {
            "\($0.id): \($0.obstacles.joined(separator: ", "))"
        }
        let lack = product.origin == nil ? "Not confirmed outside Cost Explorer" : "Not compared"
        return said + ["\(lack). \(obstacles.joined(separator: "; "))."]
    }

    private func isWithinGate(_ comparison: LayerComparison) -> Bool {
        comparison.figures.map { limit($0).admits($0.unexplained) } ?? true
    }

    private func limit(_ figures: LayerComparison.Figures) -> Limit {
        Limit(layer3: figures.closing, percent: percent, lineCount: figures.roundedAmounts)
    }

    private func sentence(_ comparison: LayerComparison) -> String {
        guard let figures = comparison.figures else { return "" }
        let reference = comparison.reference ?? "L3"
        let notes = comparison.notes.isEmpty ? "" : "; " + comparison.notes.joined(separator: "; ")
        switch comparison.agreement {
        case .notCompared: return ""
        case .exact: return "\(comparison.id) confirms \(reference) within rounding (\(comparison.title)\(notes))."
        case .explained:
            let classes = figures.items.map(\.recordClass.rawValue).joined(separator: ", ")
            return "\(comparison.id) confirms \(reference) after \(classes) (\(comparison.title)\(notes))."
        case .unexplained:
            let amount = Money(figures.unexplained, product.currency).text
            let share =
                figures.unexplained.percent(of: figures.closing.magnitude)
                .map { " (\($0.text(fractionDigits: 2)) % of \(reference))" } ?? ""
            let relation =
                comparison.weight == .informational
                ? "for information" : isWithinGate(comparison) ? "within the gate" : "not under the limit"
            return "\(comparison.id) differs from \(reference) by \(amount)\(share), \(relation) "
                + "(\(comparison.title)\(notes)).\(places(figures))"
        }
    }

    /// ` By account: 111122223333 USD 4.00, … By service: …`: along each the parts add up to the difference.
    private func places(_ figures: LayerComparison.Figures) -> String {
        let causes = figures.causes ?? []
        return [RootCause.Kind.account, .recordType, .service, .invoice].map { kind in
            // What prints as nothing says nothing.
            let parts = causes.filter { $0.kind == kind && $0.amount.magnitude >= "0.005" }
                .map { "\($0.name) \(Money($0.amount, product.currency).text)" }
            guard !parts.isEmpty else { return "" }
            return " By \(Self.word(kind)): \(parts.joined(separator: ", "))."
        }
        .joined()
    }

    private static func word(_ kind: RootCause.Kind) -> String {
        switch kind {
        case .account: "account"
        case .service: "service"
        case .recordType: "class"
        case .invoice: "invoice"
        }
    }
}

import FinOps

/// The root-cause table in sentences, accounts first. Services and record types that equal the difference are named with
/// it; where none does, the largest ones are named as places to look, without their amounts, which are not the difference.
enum RootCauseSentences {
    static func of(_ product: CrossValidation) -> [String] {
        let certain = product.rootCauses.compactMap { sentence($0, product.currency) }
        let isLocated = product.rootCauses.contains { $0.kind != .account && $0.sharePercent != nil }
        return certain + (isLocated ? [] : [placesToLook(product.rootCauses)].compactMap { $0 })
    }

    private static func sentence(_ cause: RootCause, _ currency: Currency) -> String? {
        let amount = Money(cause.amount, currency).text
        switch (cause.kind, cause.sharePercent) {
        case (.account, let share):
            let part = share.map { ", \($0.text(fractionDigits: 1)) % of what is unexplained" } ?? ""
            return "Root cause: account \(cause.name) leaves \(amount)\(part)."
        case (.service, .some):
            return "Root cause: service \(cause.name) is in L1 with \(amount) and missing from L3."
        case (.recordType, .some):
            return "Root cause: record type \(cause.name) is in L3 with \(amount) and missing from L1."
        case (.invoice, _), (_, nil):
            return nil
        }
    }

    private static func placesToLook(_ causes: [RootCause]) -> String? {
        let services = causes.filter { $0.kind == .service }.map(\.name)
        let recordTypes = causes.filter { $0.kind == .recordType }.map(\.name)
        let places = [("services", services), ("record types", recordTypes)].filter { !$0.1.isEmpty }
            .map { "\($0) \($1.joined(separator: ", "))" }
        guard !places.isEmpty else { return nil }
        return
            "No single line equals the difference; the largest in these accounts are the \(places.joined(separator: " and the "))."
    }
}

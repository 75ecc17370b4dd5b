import FinOps

/// How large an unexplained difference may be: a share of L3, exclusive; where L3 is zero and has no shares, one cent for
/// each summed line.
struct Limit {
    let layer3: ExactDecimal
    let percent: ExactDecimal
    let lineCount: Int

    init(layer3: ExactDecimal, percent: ExactDecimal, lineCount: Int) {
        self.layer3 = layer3
        self.percent = percent
        self.lineCount = lineCount
    }

    /// Compared as products, because a rounded percentage would move the boundary.
    func admits(_ unexplained: ExactDecimal) -> Bool {
        layer3.isZero
            ? unexplained <= ExactDecimal(lineCount) * "0.01"
            : unexplained * ExactDecimal(100) < percent * layer3.magnitude
    }

    var text: String { layer3.isZero ? "one cent a line (L3 is zero)" : "\(percent) % of L3" }
}

/// What is unexplained, as an amount and as a share.
enum UnexplainedSentences {
    static func of(_ product: CrossValidation, limit: Limit) -> [String] {
        guard let residual = product.residual, let byAccount = product.residualByAccountAbsolute else { return [] }
        let amount = { (value: ExactDecimal) in Money(value, product.currency).text }
        let share = product.adjustedVariancePercent.map { " (\($0.text(fractionDigits: 2)) % of L3)" } ?? ""
        let relation = limit.admits(max(residual.magnitude, byAccount)) ? "Within the gate" : "Not under the limit"
        let first = "\(relation), unexplained \(amount(residual.magnitude))\(share); the limit is under \(limit.text)."
        guard byAccount - residual.magnitude > product.tolerance + product.tolerance else { return [first] }
        let summed =
            byAccount.percent(of: limit.layer3.magnitude).map { " (\($0.text(fractionDigits: 2)) % of L3)" } ?? ""
        return [
            first, "Errors of accounts offset one another: summed without sign they are \(amount(byAccount))\(summed).",
        ]
    }
}

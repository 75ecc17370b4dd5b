public import FinOps

/// Two layers of the same money agree, or every cent between them is shown in one and provably left out of the other.
///
/// The decision tree, first match wins: a layer missing or of another scope → undetermined; a layer at odds with itself
/// or with the daily costs → failed; no lines against no lines → undetermined; equal within rounding → passed; explained
/// by observed items
/// → passed; unexplained but under the limit, in total and summed over accounts → advised; else failed, with causes. A
/// month that AWS has not settled is advised at best. Where the layers hold, a settled invoice that differs over the limit
/// still fails the month. A month from an export alone is advised at best, unless a source beside it confirms the total. No
/// sentence gives a layer's total: a refused month has none.
public struct G4CrossValidation: Gate {
    public let id = GateID.g4
    public let title = "L1 vs L3 variance"
    public let criterion = "The unexplained difference between the layers is under the limit, by default 5 % of L3."
    public let onFailure = GateAction.failCrossValidation

    public init() {}

    public func judge(_ product: CrossValidation, under policy: RunPolicy) -> Verdict {
        guard product.missing.isEmpty else {
            return undetermined(
                product.missing.map { "Not comparable: \($0.message) (\($0.attribution))." }
                    + product.missing.compactMap(\.hint), trouble: product.missing.first)
        }
        guard let layer1 = product.layer("L1"), let layer3 = product.layer("L3"), product.layer("daily") != nil,
            let difference = product.rawDifference, let residual = product.residual,
            let byAccount = product.residualByAccountAbsolute, product.identities.contains(where: \.isInternal)
        else { return undetermined(["A layer or the daily costs are missing: nothing was compared."]) }
        guard product.metric == policy.metric else {
            return undetermined(["The layers were compared by another metric than the policy names."])
        }
        let broken = product.identities.filter { $0.isInternal && !$0.holds }
        guard broken.isEmpty else { return failed(broken.map(sentence) + RootCauseSentences.of(product)) }
        // Credits can bring a month to nothing; then there are lines that say so.
        guard layer1.lineCount > 0 || !layer3.total.isZero, layer3.lineCount > 0 || !layer1.total.isZero else {
            return undetermined(["Both layers are zero and one has no lines: no data is not agreement."])
        }
        let others = OtherSources(product: product, percent: policy.varianceLimitPercent)
        guard others.refusals.isEmpty else { return failed(others.refusals) }

        let isExplained =
            residual.magnitude <= product.tolerance
            && byAccount <= product.tolerance + product.tolerance
        if isExplained {
            let isExact = difference <= product.tolerance && product.items.isEmpty
            return settled(
                isExact ? ["Exact: the layers are equal within rounding."] : explanation(product), product, others)
        }
        // Offsetting errors cancel in the residual, never in the sum over accounts, so the larger of the two decides.
        let unexplained = max(residual.magnitude, byAccount)
        let limit = Limit(
            layer3: layer3.total, percent: policy.varianceLimitPercent,
            lineCount: layer1.lineCount + layer3.lineCount)
        let sentences = UnexplainedSentences.of(product, limit: limit)
        guard limit.admits(unexplained) else { return failed(sentences + RootCauseSentences.of(product)) }
        return advised(
            sentences + caution(product) + others.lack + product.warnings
                + RootCauseSentences.of(product) + others.advice + others.remarks)
    }

    static let provisional = "Provisional: AWS has not settled this month; the figures may still change."
    static let early = "Provisional: the month has only just ended; a later delivery may still change the figures."

    private func caution(_ product: CrossValidation) -> [String] {
        !product.isPreliminary ? [] : [product.origin == nil ? Self.provisional : Self.early]
    }

    /// Passed, unless something remains for a person to know.
    private func settled(_ reasons: [String], _ product: CrossValidation, _ others: OtherSources) -> Verdict {
        let advice = caution(product) + others.lack + others.advice
        let all = advice + reasons + others.remarks + product.warnings
        return advice.isEmpty ? Verdict(id, .passed, reasons: all) : advised(all)
    }

    private func explanation(_ product: CrossValidation) -> [String] {
        product.items.map { item in
            let share = item.sharePercent.map { "\($0.text(fractionDigits: 1)) % of the difference" } ?? "an item"
            return
                "Explained: \(item.recordClass.rawValue) of \(Money(item.amount, product.currency).text) is \(share), "
                + "shown by \(item.observedIn), left out by \(item.excludedBy)."
        }
    }

    private func sentence(_ identity: IdentityCheck) -> String {
        "Internal: \(identity.statement) does not hold; it is off by \((identity.left - identity.right).magnitude). "
            + "The data changed between two requests, or was read wrongly."
    }
}

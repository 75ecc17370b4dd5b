public import FinOps

/// What the phase table says of a finished phase, in a few words.
enum PhaseDetail {
    static func coordination(_ brief: CoordinationBrief, _ dossier: RunDossier) -> String {
        if brief.request.monthExport != nil { return "no question, USD 0.00" }
        return
            "\(CollectionPlan(brief.request).plannedRequests) questions, about USD \(brief.plannedCostUSD.text(fractionDigits: 2))"
    }

    static func preflight(_ report: PreflightReport, _ dossier: RunDossier) -> String {
        if report.origin != nil { return "no sign-in" }
        guard let caller = report.identities.first?.identity.value else { return "not signed in" }
        return "account \(caller.account)"
    }

    static func discovery(_ inventory: AccountInventory, _ dossier: RunDossier) -> String {
        if inventory.origin != nil { return "\(inventory.accounts.count) accounts named" }
        return switch inventory.scope {
        case .organization: "\(inventory.accounts.count) accounts, \(inventory.activeAccounts.count) active"
        case .singleAccount: "single account \(inventory.accounts.first?.id ?? "unknown")"
        }
    }

    static func collection(_ collection: CostCollection, _ dossier: RunDossier) -> String {
        let missing = collection.troubles.count { $0.kind != .notAsked }
        if let origin = collection.origin {
            return
                "\(origin.format.rawValue), \(GroupedDigits.text(ExactDecimal(origin.lineCount), fractionDigits: 0)) lines"
        }
        let read = "\(collection.records.count) sources"
        return missing == 0 ? read : "\(read), \(missing) unavailable"
    }

    static func crossValidation(_ check: CrossValidation, _ dossier: RunDossier) -> String {
        guard let raw = check.rawVariancePercent, let adjusted = check.adjustedVariancePercent else {
            return check.residual?.isZero == true ? "both layers add up to zero" : "could not be compared"
        }
        let explained = check.items.isEmpty ? "unexplained" : "after \(itemNames(check))"
        return "\(raw.text(fractionDigits: 2)) % raw, \(adjusted.text(fractionDigits: 2)) % \(explained)"
    }

    static func reporting(_ set: DeliverableSet, _ dossier: RunDossier) -> String {
        "\(set.deliverables.count) files for \(set.requested.count) personas"
    }

    static func visualVerification(_ set: ScreenshotSet, _ dossier: RunDossier) -> String {
        let taken = set.screenshots.count { $0.path != nil }
        return taken == 0 ? "no screenshot" : "\(taken) screenshots"
    }

    static func approval(_ approval: ApprovalState, _ dossier: RunDossier) -> String {
        let total = "\(approval.total.currency.code) \(GroupedDigits.text(approval.total.amount))"
        let threshold =
            (approval.threshold.currency == approval.total.currency ? "" : "\(approval.threshold.currency.code) ")
            + GroupedDigits.text(approval.threshold.amount)
        return switch approval.state {
        case .notRequired: "\(total) is within \(threshold)"
        case .waiting: "\(total) is over \(threshold)"
        case .approved: "approved by \(approval.decisions.map(\.approver).joined(separator: ", "))"
        case .rejected:
            "rejected by \(approval.decisions.filter { !$0.approved }.map(\.approver).joined(separator: ", "))"
        case .expired: "the request expired"
        }
    }

    static func archive(_ manifest: ArchiveManifest, _ dossier: RunDossier) -> String {
        guard let seal = manifest.seal else { return "not sealed" }
        let stamps =
            switch manifest.stampCount ?? 0 {
            case 0: "unstamped"
            case 1: "stamped"
            case let count: "\(count) stamps"
            }
        return "\(manifest.fileCount) files, seal \(seal.short), \(stamps)"
    }

    static func scoring(_ scorecard: Scorecard, _ dossier: RunDossier) -> String {
        let scores = scorecard.reviews.compactMap(\.score).map { "score \($0)" }
        return (["\(scorecard.reviews.count) reviews"] + scores).joined(separator: ", ")
    }

    private static func itemNames(_ check: CrossValidation) -> String {
        check.items.map { $0.recordClass == .spp ? "SPP" : $0.recordClass.rawValue }.joined(separator: ", ")
    }
}

/// `318,841.25`: amounts as people read them in the terminal.
public enum GroupedDigits {
    public static func text(_ amount: ExactDecimal, fractionDigits: Int = 2) -> String {
        let plain = amount.magnitude.text(fractionDigits: fractionDigits)
        let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
        var whole = ""
        for (index, digit) in parts[0].reversed().enumerated() {
            if index > 0, index % 3 == 0 { whole.append(",") }
            whole.append(digit)
        }
        let isNegative = amount.isNegative && plain.contains { $0 != "0" && $0 != "." }
        return (isNegative ? "-" : "") + String(whole.reversed()) + (parts.count > 1 ? "." + parts[1] : "")
    }
}

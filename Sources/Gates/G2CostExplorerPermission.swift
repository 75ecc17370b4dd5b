public import FinOps

/// Cost Explorer answers these credentials with data.
public struct G2CostExplorerPermission: Gate {
    public let id = GateID.g2
    public let title = "Cost Explorer permission"
    public let criterion =
        "ce:GetCostAndUsage returns data, not AccessDenied; a month from an export alone does not ask it."
    public let onFailure = GateAction.halt

    public init() {}

    /// Both are refused with the same code, and only the management account can mend the second.
    static let remedy =
        "Allow ce:GetCostAndUsage to this identity; if the policy already does, the management account has to activate "
        + "IAM access to billing (Account → IAM user and role access to Billing information)."

    public func judge(_ product: PreflightReport, under policy: RunPolicy) -> Verdict {
        if let origin = product.origin {
            return advised(["Cost Explorer was not asked: the month is read from \(origin.words)."])
        }
        return switch product.costExplorer {
        case .unknown(let trouble) where trouble.kind == .accessDenied:
            failed(
                ["Cost Explorer refuses this identity: \(trouble.attribution).", Self.remedy]
                    + [trouble.hint].compactMap { $0 }, trouble: trouble)
        case .unknown(let trouble):
            undetermined(
                ["Whether costs may be read is unknown: \(trouble.attribution)."] + [trouble.hint].compactMap { $0 },
                trouble: trouble)
        case .known(let probe) where probe.record.rows == 0:
            undetermined(["Cost Explorer answered without a single line: permitted, but no data."])
        case .known(let probe):
            passed("Cost Explorer answered for \(probe.days) days.")
        }
    }
}

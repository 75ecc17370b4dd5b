public import FinOps

/// Every gate, by the phase whose product it judges. A new gate is one file and one line here.
public enum GateCatalog {
    public static let preflight: [any Gate<PreflightReport>] = [
        G0SmokeTest(), G1Authentication(), G2CostExplorerPermission(),
    ]
    public static let discovery: [any Gate<AccountInventory>] = [G3AccountDiscovery()]
    public static let crossValidation: [any Gate<CrossValidation>] = [G4CrossValidation()]
    public static let reporting: [any Gate<DeliverableSet>] = [G5Deliverables()]
    public static let visualVerification: [any Gate<ScreenshotSet>] = [G6Screenshots()]
    public static let approval: [any Gate<ApprovalState>] = [G7HumanApproval()]
    public static let archive: [any Gate<ArchiveManifest>] = [G8Archive()]

    /// What `explain` prints, in the order of the phases.
    public static let all: [GateDescription] =
        describe(preflight, in: .preflight) + describe(discovery, in: .discovery)
        + describe(crossValidation, in: .crossValidation) + describe(reporting, in: .reporting)
        + describe(visualVerification, in: .visualVerification) + describe(approval, in: .approval)
        + describe(archive, in: .archive)

    public static func description(of gate: GateID) -> GateDescription? { all.first { $0.id == gate } }

    private static func describe<Product>(_ gates: [any Gate<Product>], in phase: PhaseID) -> [GateDescription] {
        gates.map {
            GateDescription(
                id: $0.id, phase: phase, title: $0.title, criterion: $0.criterion, onFailure: $0.onFailure)
        }
    }
}

/// One row of the gate table.
public struct GateDescription: Hashable, Codable, Sendable {
    public let id: GateID
    public let phase: PhaseID
    public let title: String
    public let criterion: String
    public let onFailure: GateAction
}

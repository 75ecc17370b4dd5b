public import FinOps

/// Which gates judge, by the phase whose product they judge. A new gate is one file and one line here.
public struct GateCatalog: Sendable {
    public var preflight: [any Gate<PreflightReport>] = [
        G0SmokeTest(), G1Authentication(), G2CostExplorerPermission(),
    ]
    public var discovery: [any Gate<AccountInventory>] = [G3AccountDiscovery()]
    public var crossValidation: [any Gate<CrossValidation>] = [G4CrossValidation()]
    public var reporting: [any Gate<DeliverableSet>] = [G5Deliverables()]
    public var visualVerification: [any Gate<ScreenshotSet>] = [G6Screenshots()]
    public var approval: [any Gate<ApprovalState>] = [G7HumanApproval()]
    public var archive: [any Gate<ArchiveManifest>] = [G8Archive()]

    /// Every gate there is: what runs and auditors judge by.
    public static let standard = GateCatalog()

    /// What `explain` prints, in the order of the phases.
    public static let all: [GateDescription] =
        describe(standard.preflight, in: .preflight) + describe(standard.discovery, in: .discovery)
        + describe(standard.crossValidation, in: .crossValidation) + describe(standard.reporting, in: .reporting)
        + describe(standard.visualVerification, in: .visualVerification) + describe(standard.approval, in: .approval)
        + describe(standard.archive, in: .archive)

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

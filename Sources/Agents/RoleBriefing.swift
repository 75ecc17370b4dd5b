public import FinOps

/// Everything a role may look at: the products the run has so far, by type, and the digests of what it was shown. What is
/// nil has not been produced; a role that needs it abstains or says so.
public struct RoleBriefing: Sendable {
    public let phase: PhaseID
    public var brief: CoordinationBrief?
    public var preflight: PreflightReport?
    public var inventory: AccountInventory?
    public var collection: CostCollection?
    public var crossValidation: CrossValidation?
    public var deliverables: DeliverableSet?
    public var screenshots: ScreenshotSet?
    public var approval: ApprovalState?
    public var archive: ArchiveManifest?
    public var facts: FactBook?
    /// The newest verdict of every gate judged so far.
    public var verdicts: [Verdict]
    /// Name and digest of each thing shown, as the caller keeps them; copied into the log.
    public var examined: [ExaminedItem]

    public init(
        phase: PhaseID, brief: CoordinationBrief? = nil, preflight: PreflightReport? = nil,
        inventory: AccountInventory? = nil, collection: CostCollection? = nil, crossValidation: CrossValidation? = nil,
        deliverables: DeliverableSet? = nil, screenshots: ScreenshotSet? = nil, approval: ApprovalState? = nil,
        archive: ArchiveManifest? = nil, facts: FactBook? = nil, verdicts: [Verdict] = [],
        examined: [ExaminedItem] = []
    ) {
        self.phase = phase
        self.brief = brief
        self.preflight = preflight
        self.inventory = inventory
        self.collection = collection
        self.crossValidation = crossValidation
        self.deliverables = deliverables
        self.screenshots = screenshots
        self.approval = approval
        self.archive = archive
        self.facts = facts
        self.verdicts = verdicts
        self.examined = examined
    }

    func verdict(of gate: GateID) -> Verdict? { verdicts.last { $0.gate == gate } }
}

/// What phases 1 to 4 found about a month, counted by one metric, and the facts made of it: everything a reader can be shown
/// before anything is approved or sealed.
public struct MonthFigures: Sendable {
    public let request: RunRequest
    public let policy: RunPolicy
    public let inventory: AccountInventory
    /// Nil when the figures come from a sealed archive, which keeps facts and not the lines they were added up from.
    public let collection: CostCollection?
    public let crossValidation: CrossValidation
    /// G0 to G4, by this metric.
    public let verdicts: [Verdict]
    public let book: FactBook

    public init(
        request: RunRequest, policy: RunPolicy, inventory: AccountInventory, collection: CostCollection?,
        crossValidation: CrossValidation, verdicts: [Verdict], book: FactBook
    ) {
        self.request = request
        self.policy = policy
        self.inventory = inventory
        self.collection = collection
        self.crossValidation = crossValidation
        self.verdicts = verdicts
        self.book = book
    }

    public func verdict(of gate: GateID) -> Verdict? { verdicts.first { $0.gate == gate } }
}

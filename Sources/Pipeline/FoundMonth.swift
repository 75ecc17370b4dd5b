public import FinOps
import Gates
import Reports

/// A month to look at, wherever it was found, and its figures by any metric.
public struct FoundMonth: Sendable {
    public enum Origin: Hashable, Sendable {
        /// Just now, with what that used.
        case asked(APIUsage)
        /// A run below this root, by its id, and when it began.
        case run(String, Timestamp)
        /// The sealed archive, by its folder and seal.
        case archive(String, Digest)
    }

    public let request: RunRequest
    public let policy: RunPolicy
    public let inventory: AccountInventory
    public let origin: Origin
    /// Nil when only the figures were kept.
    public let collection: CostCollection?
    /// G0 to G3.
    private let verdicts: [Verdict]
    /// As archived; nil when they are computed from the collection.
    private let archived: MonthFigures?

    init(
        request: RunRequest, policy: RunPolicy, inventory: AccountInventory, verdicts: [Verdict],
        collection: CostCollection, origin: Origin
    ) {
        (self.request, self.policy, self.inventory, self.origin) = (request, policy, inventory, origin)
        self.verdicts = verdicts.filter { $0.gate < .g4 }
        self.collection = collection
        archived = nil
    }

    init(_ archived: MonthFigures, origin: Origin) {
        (request, policy, inventory) = (archived.request, archived.policy, archived.inventory)
        self.origin = origin
        self.archived = archived
        verdicts = []
        collection = nil
    }

    /// The figures counted by `metric`, with the gates and facts a run by that metric would have. Nil when the archive keeps
    /// them by another metric only.
    public func figures(by metric: CostMetric) -> MonthFigures? {
        guard let collection else { return archived?.book.metric == metric ? archived : nil }
        var policy = policy
        policy.metric = metric
        let check = CrossValidator(month: request.month, metric: metric, today: request.today)
            .validate(collection, inventory: inventory, consoleExport: request.consoleExport)
        let verdicts =
            verdicts + GateCatalog.standard.crossValidation.map { $0.judge(check, under: policy) }
        let book = MonthFacts.book(
            request: request, policy: policy, inventory: inventory, collection: collection, crossValidation: check,
            verdicts: verdicts)
        return MonthFigures(
            request: request, policy: policy, inventory: inventory, collection: collection, crossValidation: check,
            verdicts: verdicts, book: book)
    }

    /// The same month under another policy: a budget or a currency asked for when looking.
    public func under(_ policy: RunPolicy) -> FoundMonth {
        guard let collection else { return self }
        return FoundMonth(
            request: request, policy: policy, inventory: inventory, verdicts: verdicts, collection: collection,
            origin: origin)
    }
}

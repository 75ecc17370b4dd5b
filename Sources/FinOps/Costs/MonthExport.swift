/// A month read from line items alone, with what lies before it: the answers to the questions that Cost Explorer is asked
/// otherwise, as far as the export has them.
public struct MonthExport: Hashable, Codable, Sendable {
    public let origin: ExportOrigin
    /// Those that any line item names, in the order of their ids.
    public let accounts: [Account]
    /// One for each question, over the months that are there.
    public let ledgers: [CostLedger]
    /// What single resources cost.
    public let resources: Observation<ResourceCosts>
    /// Compute by the hour that nothing covers; nil in a record made before it was asked.
    public let uncoveredCompute: Observation<UncoveredCompute>?
    /// What fetching the export took; nil for files of this machine.
    public var usage: APIUsage?

    public init(
        origin: ExportOrigin, accounts: [Account], ledgers: [CostLedger], resources: Observation<ResourceCosts>,
        uncoveredCompute: Observation<UncoveredCompute>? = nil
    ) {
        self.origin = origin
        self.accounts = accounts
        self.ledgers = ledgers
        self.resources = resources
        self.uncoveredCompute = uncoveredCompute
    }

    /// The answer's own query names the months that are there: what lies before them is unknown, not nothing.
    public func ledger(for query: CostQuery) throws -> CostLedger {
        guard
            let ledger = ledgers.first(where: {
                $0.query.id == query.id && $0.query.groupBy == query.groupBy
                    && $0.query.granularity == query.granularity && $0.query.onlyAccount == query.onlyAccount
            })
        else { throw ExportOrigin.notAsked("\(query.id):\(origin.format.rawValue)") }
        return ledger
    }

    /// Ways of counting that every line of every answer has.
    public var metrics: [CostMetric] {
        CostMetric.allCases.filter { metric in
            ledgers.allSatisfy { ledger in ledger.lines.allSatisfy { $0.amounts[metric] != nil } }
        }
    }
}

import FinOps
import Foundation

/// The monthly bill by Cost Explorer: all five metrics in one question, every page, every period.
struct CostExplorerCosts: CostSource {
    let reader: PaidReader
    let hashing: any Hashing

    func ledger(for query: CostQuery) async throws -> CostLedger {
        try await answer(to: query, metrics: Self.metrics).ledger
    }

    /// The ledger, and the pages it was read from, for whoever asked for more metrics than a ledger holds.
    func answer(
        to query: CostQuery, metrics: [String]
    ) async throws -> (ledger: CostLedger, pages: [ServiceAnswer<CostPage>]) {
        let body = Self.body(query, metrics: metrics)
        let lastMonth = query.endDay.adding(days: -1).billingMonth
        let pages = try await restartingOnce { generation in
            try await reader.listing(
                .getCostAndUsage, body, generation: generation, token: \CostPage.NextPageToken,
                validity: { pages, today in
                    lastMonth.isSettled(on: today)
                        && pages.flatMap(\.ResultsByTime).allSatisfy { $0.Estimated == false } ? .forGood : .estimated
                }, decode: AnswerJSON.decoder(CostPage.self))
        }
        var collector = CostCollector(query: query)
        for page in pages { try collector.add(page.value, requestID: page.requestID) }
        let lines = try collector.lines()
        let ledger = CostLedger(
            query: query, currency: try collector.currency(), lines: lines,
            estimatedPeriods: collector.estimated.sorted(),
            record: QueryRecord(
                id: query.id, .getCostAndUsage, body: body.data, pages: pages, rows: lines.count, hashing: hashing))
        return (ledger, pages)
    }

    /// AWS refuses a token when its data was refreshed between two pages: the listing is asked anew, once.
    private func restartingOnce<Pages>(_ drain: (_ generation: Int) async throws -> Pages) async throws -> Pages {
        do {
            return try await drain(0)
        } catch let trouble as Trouble where FailureCodes.inconsistent.contains(trouble.code) {
            return try await drain(1)
        }
    }

    static let metrics = CostMetric.allCases.map(\.apiName)

    static func body(_ query: CostQuery, metrics: [String] = metrics) -> RequestJSON {
        var members: [String: RequestJSON] = [
            "TimePeriod": ["Start": .text(query.firstDay.description), "End": .text(query.endDay.description)],
            "Granularity": .text(query.granularity.rawValue),
            "Metrics": .texts(metrics),
        ]
        if !query.groupBy.isEmpty {
            members["GroupBy"] = .list(query.groupBy.map { ["Type": "DIMENSION", "Key": .text($0.rawValue)] })
        }
        members["Filter"] = filter(query)
        return .object(members)
    }

    /// One root operator: `And` joins two conditions, one stands alone, none is no filter.
    private static func filter(_ query: CostQuery) -> RequestJSON? {
        var conditions: [RequestJSON] = []
        if let account = query.onlyAccount { conditions.append(dimension(.account, [account])) }
        if let types = query.onlyRecordTypes { conditions.append(dimension(.recordType, types)) }
        if !query.excludedRecordTypes.isEmpty {
            conditions.append(["Not": dimension(.recordType, query.excludedRecordTypes)])
        }
        return conditions.count > 1 ? ["And": .list(conditions)] : conditions.first
    }

    private static func dimension(_ dimension: CostQuery.Dimension, _ values: [String]) -> RequestJSON {
        ["Dimensions": ["Key": .text(dimension.rawValue), "Values": .texts(values)]]
    }
}

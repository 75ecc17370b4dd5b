import FinOps

/// What was used, by service and usage type: the costs as any question of Cost Explorer gives them, and beside each line how
/// much of what.
struct UsageReader {
    let costs: CostExplorerCosts

    static let metrics = CostExplorerCosts.metrics + ["UsageQuantity"]

    func usage(for query: CostQuery) async throws -> UsageListing {
        let (ledger, pages) = try await costs.answer(to: query, metrics: Self.metrics)
        var quantities: [[String]: UsageQuantity] = [:]
        for page in pages {
            for period in page.value.ResultsByTime {
                for group in period.Groups ?? [] {
                    let key = [String(period.TimePeriod.Start.prefix(10))] + group.Keys
                    let quantity = try Self.quantity(group, key, page.requestID)
                    if let earlier = quantities[key], earlier != quantity {
                        throw Self.refused("ContradictingLines", "two quantities for", key, page.requestID)
                    }
                    quantities[key] = quantity
                }
            }
        }
        return UsageListing(
            costs: ledger,
            quantities: ledger.lines.map { quantities[[$0.day.description] + $0.keys] ?? UsageQuantity(.zero, nil) })
    }

    private static func quantity(
        _ group: CostPage.Group, _ key: [String], _ requestID: String?
    ) throws -> UsageQuantity {
        guard let quantity = group.Metrics.UsageQuantity, let text = quantity.Amount else {
            throw refused("MissingMetric", "UsageQuantity is missing for", key, requestID)
        }
        guard let amount = amount(text) else {
            throw refused("UnreadableAmount", "UsageQuantity is not a number: \(text.prefix(40)), for", key, requestID)
        }
        return UsageQuantity(amount, quantity.Unit.flatMap { ["", "N/A"].contains($0) ? nil : $0 })
    }

    /// Quantities come with all the digits of a binary computation; what lies beyond 10⁻¹² is left off.
    private static func amount(_ text: String) -> ExactDecimal? {
        if let exact = ExactDecimal(text) { return exact }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return ExactDecimal("\(parts[0]).\(parts[1].prefix(ExactDecimal.fractionDigits))")
    }

    private static func refused(
        _ code: String, _ message: String, _ key: [String], _ requestID: String?
    ) -> Trouble {
        Trouble(
            .inconsistent, code: code, message: "\(message) \(key.joined(separator: ", "))",
            operation: ReadOperation.getCostAndUsage.rawValue, requestID: requestID)
    }
}

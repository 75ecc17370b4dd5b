public import FinOps

/// What reading a table may scan, told before anything is asked of Athena: every query reads no more than the files that the
/// catalogue names for its months. Parquet files cost less, since columns that nobody asks for are not scanned.
public struct ScanEstimate: Sendable {
    private let table: TableName
    private let settings: AthenaSettings
    private let service: any QueryService
    private let objects: any ObjectSource

    public init(
        _ table: TableName, settings: AthenaSettings, service: any QueryService, objects: any ObjectSource
    ) {
        self.table = table
        self.settings = settings
        self.service = service
        self.objects = objects
    }

    /// Charges, discounts and hours of compute are asked of the month, resources of the month and the one before.
    private static let queriesOfTheMonthAlone = 3

    /// As sentences: the most it may scan and cost, the limit, and what the work group itself keeps to. Throws `InputError`
    /// and other `ExplainedError` only when the work group cannot be asked.
    public func words(_ month: BillingMonth) async throws -> String {
        let limit =
            "Athena: table \(table), \(try await ceiling(month)); "
            + "limit USD \(settings.spendingLimitUSD.text(fractionDigits: 2))"
        guard let bytes = try await scanLimit() else {
            return "\(limit); work group \(settings.workGroup) itself stops no query"
        }
        let cost = settings.costUSD(ofScanning: bytes).text(fractionDigits: 4)
        return "\(limit); work group \(settings.workGroup) stops a query at \(bytes) bytes, USD \(cost)"
    }

    private func scanLimit() async throws -> Int? {
        try await AthenaTrouble(table: table, settings: settings).telling {
            try await service.scanLimitBytes(of: settings.workGroup)
        }
    }

    /// Nobody has to let this tool look into the catalogue and the bucket: Athena reads both in its own way.
    private func ceiling(_ month: BillingMonth) async throws -> String {
        do {
            let own = try await bytes(of: month)
            let before = try await bytes(of: month.previous)
            let cost =
                ExactDecimal(Self.queriesOfTheMonthAlone) * settings.costUSD(ofScanning: own)
                + settings.costUSD(ofScanning: own + before)
            return
                "at most USD \(cost.text(fractionDigits: 4)) by the size of its files (\(own) bytes, "
                + "\(before) of the month before)"
        } catch let trouble as Trouble {
            return "what it will scan is not known before (\(trouble.message), \(trouble.attribution))"
        }
    }

    /// A partition that is not there holds nothing.
    private func bytes(of month: BillingMonth) async throws -> Int {
        let description = try await service.description(of: table.table, in: table.database)
        let location: ObjectAddress
        do {
            location = try await place(of: month, description)
        } catch let trouble as Trouble where trouble.kind == .noData {
            return 0
        }
        let prefix = location.key.isEmpty ? "" : location.key + "/"
        return try await objects.list(location.bucket, prefix: prefix).map(\.bytes).reduce(0, +)
    }

    private func place(of month: BillingMonth, _ table: TableDescription) async throws -> ObjectAddress {
        let values: [String]
        switch table.partitionKeys {
        case ["billing_period"]: values = ["\(month)"]
        case ["year", "month"]: values = ["\(month.year)", "\(month.month)"]
        default: return table.location
        }
        guard let template = table.projectedLocation else {
            return try await service.location(
                ofPartition: values, of: self.table.table, in: self.table.database)
        }
        let filled = zip(table.partitionKeys, values).reduce(template) { text, pair in
            text.replacing("${\(pair.0)}", with: pair.1)
        }
        return ObjectAddress(filled) ?? table.location
    }
}

import AWS
import CostExports
import Evidence
import FinOps

/// Line items that lie at AWS, read with the credentials of the run, and counted as its calls.
extension LineItemSource {
    func read(
        _ address: ObjectAddress, _ month: BillingMonth, through reader: LineItemReader, settings: Settings,
        profile: String?, global: GlobalOptions
    ) async throws -> LineItemExport {
        try await global.withCopies(of: address, settings, profile: profile) { copies, services in
            var export = try await reader.read(address, through: copies, month: month)
            export.usage = services.meter.usage()
            return export
        }
    }

    func read(
        _ table: TableName, _ month: BillingMonth, settings: Settings, profile: String?, global: GlobalOptions
    ) async throws -> LineItemExport {
        let athena = try settings.athena()
        return try await global.withCloud(settings, profile: profile) { services in
            let engine = AthenaEngine(
                table, in: month, on: SystemClock().now().day, settings: athena, service: services.athena,
                hashing: SystemHashing())
            global.terminal.talk(
                try await ScanEstimate(table, settings: athena, service: services.athena, objects: services.objects)
                    .words(month))
            var export = try await AthenaReader(engine: engine, hashing: SystemHashing()).read(month)
            export.usage = services.meter.usage() + APIUsage(costUSD: await engine.costUSD)
            return export
        }
    }
}

/// A whole month out of a bucket.
extension MonthExportReader {
    func read(
        _ address: ObjectAddress, _ month: BillingMonth, queries: [CostQuery], settings: Settings, profile: String?,
        global: GlobalOptions
    ) async throws -> MonthExport {
        try await global.withCopies(of: address, settings, profile: profile) { copies, services in
            var export = try await read(address, through: copies, month: month, queries: queries)
            export.usage = services.meter.usage()
            return export
        }
    }
}

extension GlobalOptions {
    /// Copies of a bucket's objects in the cache folder, which one process at a time makes.
    fileprivate func withCopies<Value>(
        of address: ObjectAddress, _ settings: Settings, profile: String?,
        _ body: (ObjectCopies, AWSServices) async throws -> Value
    ) async throws -> Value {
        try await withCloud(settings, profile: profile) { services in
            let folder = cacheFolder + "/exports"
            let lock = try RunLock.acquire(
                "\(folder)/\(address.bucket).lock", subject: "copies out of bucket \(address.bucket)",
                in: LocalFileSystem())
            defer { lock.release() }
            let copies = ObjectCopies(
                of: services.objects, folder: folder, disk: LocalFileSystem(), hashing: SystemHashing())
            return try await body(copies, services)
        }
    }
}

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
        try await global.withCloud(settings, profile: profile) { services in
            let folder = global.cacheFolder + "/exports"
            let lock = try RunLock.acquire(
                "\(folder)/\(address.bucket).lock", subject: "copies out of bucket \(address.bucket)",
                in: LocalFileSystem())
            defer { lock.release() }
            var export = try await reader.read(
                address,
                through: ObjectCopies(
                    of: services.objects, folder: folder, disk: LocalFileSystem(), hashing: SystemHashing()),
                month: month)
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
            let reader = AthenaReader(engine: engine, hashing: SystemHashing())
            global.terminal.talk(try await reader.fence())
            var export = try await reader.read(month)
            export.usage = services.meter.usage() + APIUsage(costUSD: await engine.costUSD)
            return export
        }
    }
}

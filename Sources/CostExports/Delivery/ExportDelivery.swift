import FinOps

/// Which files are one month of an export. In a folder the manifest decides: AWS writes it last, so that what it lists is
/// complete and what it does not list is the rest of an earlier delivery. Keys of AWS's two layouts are understood,
/// `…/BILLING_PERIOD=2026-02/…` and `…/20260201-20260301/…`.
struct ExportDelivery {
    let files: [DeliveredFile]
    let isFolder: Bool
    let manifest: DeliveryManifest?
    let supersededDeliveries: Int
    let strayFiles: Int

    /// Decides by names and manifests alone, and only then asks for what they name. Throws `InputError` when nothing readable
    /// lies there, or the manifest names files that do not.
    static func find(on shelf: any ExportShelf, month: BillingMonth) async throws -> ExportDelivery {
        switch shelf.contents {
        case .file(let name):
            guard DeliveredFile(path: name, name: name) != nil else {
                throw refused("\(shelf.place) is neither .csv, .csv.gz nor .parquet")
            }
            return ExportDelivery(
                files: try await files(named: [name], on: shelf), isFolder: false, manifest: nil,
                supersededDeliveries: 0, strayFiles: 0)
        case .folder(let all):
            let names = all.filter { isAbout(month, $0) }
            let data = names.filter { DeliveredFile(path: $0, name: $0) != nil }
            var manifests: [DeliveryManifest] = []
            for name in names where name.lowercased().hasSuffix("manifest.json") {
                manifests.append(try DeliveryManifest(name: name, bytes: try await shelf.read(name)))
            }
            let current = try current(manifests, of: month, in: shelf.place)
            let listed = try current.map { manifest in try Self.listed(by: manifest, among: data) } ?? data
            guard !listed.isEmpty else {
                let others = months(on: shelf).sorted().map(\.description)
                throw refused(
                    "\(shelf.place) holds no line items of \(month)",
                    hint: others.isEmpty ? nil : "it holds \(others.joined(separator: ", ")): name one with `--month`")
            }
            return ExportDelivery(
                files: try await files(named: listed, on: shelf), isFolder: true, manifest: current,
                supersededDeliveries: Set(manifests.map(\.dataFiles)).count - (current == nil ? 0 : 1),
                strayFiles: data.count - listed.count)
        }
    }

    private static func files(named names: [String], on shelf: any ExportShelf) async throws -> [DeliveredFile] {
        zip(names, try await shelf.paths(of: names)).compactMap { DeliveredFile(path: $1, name: $0) }
    }

    /// The manifest in the month's own folder is the one in force; where each delivery has a folder of its own, the newest is,
    /// by the time its name begins with.
    private static func current(
        _ manifests: [DeliveryManifest], of month: BillingMonth, in path: String
    ) throws -> DeliveryManifest? {
        guard let depth = manifests.map({ depth($0.name) }).min() else { return nil }
        let candidates = manifests.filter { Self.depth($0.name) == depth }
        guard candidates.count > 1 else { return candidates.first }
        let deliveries = candidates.map { $0.name.split(separator: "/").dropLast().last.map(String.init) ?? "" }
        guard Set(deliveries).count == candidates.count,
            deliveries.allSatisfy({ CalendarDay(String($0.prefix(10))) != nil || Int($0.prefix(8)) != nil })
        else {
            throw refused(
                "\(path) holds \(candidates.count) manifests of \(month), and nothing says which is in force: "
                    + candidates.map(\.name).joined(separator: ", "))
        }
        return zip(deliveries, candidates).max { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }?.1
    }

    /// A key names a file when one ends with the other, folder by folder: the folder that was named may begin anywhere in it.
    private static func listed(by manifest: DeliveryManifest, among data: [String]) throws -> [String] {
        let byName = Dictionary(grouping: data) { $0.split(separator: "/").last ?? "" }
        return try manifest.dataFiles.map { key in
            let parts = key.split(separator: "/")
            let matches = byName[parts.last ?? "", default: []].filter { file in
                let own = file.split(separator: "/")
                return parts.suffix(own.count).elementsEqual(own) || own.suffix(parts.count).elementsEqual(parts)
            }
            guard matches.count == 1, let file = matches.first else {
                throw refused(
                    matches.isEmpty
                        ? "manifest \(manifest.name) names \(key), which is not there"
                        : "manifest \(manifest.name) names \(key), and \(matches.count) files could be meant")
            }
            return file
        }
    }

    /// Whether a path is of the month, or names no month.
    private static func isAbout(_ month: BillingMonth, _ name: String) -> Bool {
        name.split(separator: "/").dropLast().first(where: isPeriod).map { self.month(named: $0) == month } ?? true
    }

    /// The months that the folders of an export name.
    static func months(on shelf: any ExportShelf) -> Set<BillingMonth> {
        guard case .folder(let names) = shelf.contents else { return [] }
        return Set(names.flatMap { name in name.split(separator: "/").dropLast().compactMap { month(named: $0) } })
    }

    /// `BILLING_PERIOD=2026-02`; `20260201-20260301` as AWS ends a period, and `20260201-20260228` as others do.
    private static func month(named folder: Substring) -> BillingMonth? {
        if folder.uppercased().hasPrefix("BILLING_PERIOD=") { return BillingMonth(String(folder.dropFirst(15))) }
        guard isPeriod(folder), let month = BillingMonth("\(folder.prefix(4))-\(folder.dropFirst(4).prefix(2))") else {
            return nil
        }
        let digits = { (day: CalendarDay) in day.description.replacing("-", with: "") }
        let ends = [month.firstDayAfter, month.firstDayAfter.adding(days: -1)].map(digits)
        return ends.map { "\(digits(month.firstDay))-\($0)" }.contains(String(folder)) ? month : nil
    }

    private static func isPeriod(_ folder: Substring) -> Bool {
        let ends = folder.split(separator: "-", omittingEmptySubsequences: false)
        return folder.uppercased().hasPrefix("BILLING_PERIOD=")
            || ends.count == 2 && ends.allSatisfy { $0.utf8.count == 8 && Int($0) != nil }
    }

    private static func depth(_ name: String) -> Int { name.split(separator: "/").count }

    static func refused(_ sentence: String, hint: String? = nil) -> InputError {
        InputError(
            "bad_export", sentence,
            hint: hint ?? "name a file of line items, or the folder that holds `data` and `metadata` of the export")
    }
}

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

    /// Throws `InputError` when nothing readable lies there, or the manifest names files that do not.
    init(path: String, month: BillingMonth, disk: any FileSystem) throws {
        let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
        guard let kind = try Self.asked(path, { try disk.kind(of: folder) }) else {
            throw Self.refused("\(path) does not exist")
        }
        guard kind == .directory else {
            let name = String(folder.split(separator: "/").last ?? "")
            guard let file = DeliveredFile(path: folder, name: name) else {
                throw Self.refused("\(path) is neither .csv, .csv.gz nor .parquet")
            }
            (files, isFolder, manifest, supersededDeliveries, strayFiles) = ([file], false, nil, 0, 0)
            return
        }
        let names = try Self.asked(path) { try Self.tree(folder, disk) }.filter { Self.isAbout(month, $0) }
        let data = names.compactMap { DeliveredFile(path: "\(folder)/\($0)", name: $0) }
        let manifests = try Self.asked(path) {
            try names.filter { $0.hasSuffix("Manifest.json") }.map {
                try DeliveryManifest(name: $0, bytes: disk.read("\(folder)/\($0)"))
            }
        }
        let current = try Self.current(manifests, of: month, in: path)
        let listed = try current.map { manifest in try Self.files(of: manifest, among: data) } ?? data
        guard !listed.isEmpty else { throw Self.refused("\(path) holds no line items of \(month)") }
        files = listed
        isFolder = true
        manifest = current
        supersededDeliveries = Set(manifests.map(\.dataFiles)).count - (current == nil ? 0 : 1)
        strayFiles = data.count - listed.count
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

    /// A key names a file when one ends with the other, folder by folder: the folder on this disk may begin anywhere in it.
    private static func files(of manifest: DeliveryManifest, among data: [DeliveredFile]) throws -> [DeliveredFile] {
        let byName = Dictionary(grouping: data) { $0.name.split(separator: "/").last ?? "" }
        return try manifest.dataFiles.map { key in
            let parts = key.split(separator: "/")
            let matches = byName[parts.last ?? "", default: []].filter { file in
                let own = file.name.split(separator: "/")
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

    private static func tree(_ folder: String, _ disk: any FileSystem, below: String = "") throws -> [String] {
        try disk.list(below.isEmpty ? folder : "\(folder)/\(below)").flatMap { entry in
            let name = below.isEmpty ? entry : "\(below)/\(entry)"
            return try disk.kind(of: "\(folder)/\(name)") == .directory ? tree(folder, disk, below: name) : [name]
        }
    }

    /// Whether a path is of the month, or names no month.
    private static func isAbout(_ month: BillingMonth, _ name: String) -> Bool {
        let digits = { (day: CalendarDay) in day.description.filter { $0 != "-" } }
        let range = "\(digits(month.firstDay))-\(digits(month.firstDayAfter))"
        for part in name.split(separator: "/").dropLast() {
            if part.uppercased().hasPrefix("BILLING_PERIOD=") { return part.hasSuffix("=\(month)") }
            if part.count == 17, part.split(separator: "-").allSatisfy({ $0.count == 8 && Int($0) != nil }) {
                return part == range
            }
        }
        return true
    }

    private static func depth(_ name: String) -> Int { name.split(separator: "/").count }

    private static func asked<Value>(_ path: String, _ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch let error as FileError {
            throw InputError("bad_export", "\(path) cannot be read", cause: error.summary)
        }
    }

    private static func refused(_ sentence: String) -> InputError {
        InputError(
            "bad_export", sentence,
            hint: "name a file of line items, or the folder that holds `data` and `metadata` of the export")
    }
}

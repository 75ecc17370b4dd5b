public import Evidence
public import FinOps
public import Foundation

extension RunShelf {
    /// The newest run of the month whose layers were compared, so that nothing needs to be asked. `isWanted` says whether a
    /// run is about the right organisation. A month that AWS has not settled is taken only from a run of the last hours.
    public func foundMonth(
        _ month: BillingMonth, now: Timestamp, where isWanted: (RunRequest) -> Bool
    ) throws -> FoundMonth? {
        for runID in try runIDs() where runID.hasPrefix("\(month)-") {
            // A run that was damaged or is still being written is not this reader's business: the next one may do.
            guard let found = try? found(runID, now: now, where: isWanted) else { continue }
            return found
        }
        return nil
    }

    private func found(_ runID: String, now: Timestamp, where isWanted: (RunRequest) -> Bool) throws -> FoundMonth? {
        let reader = try reader(of: runID)
        guard isWanted(reader.order.request), let opened = reader.state.openedAt else { return nil }
        let dossier = try reader.loadDossier()
        guard let inventory = dossier.inventory, let collection = dossier.collection,
            let check = dossier.crossValidation
        else { return nil }
        let isFresh = opened.adding(seconds: CachedListing.estimatedSeconds) > now
        guard isFresh || !check.isPreliminary else { return nil }
        return FoundMonth(
            request: reader.order.request, policy: reader.order.policy, inventory: inventory,
            verdicts: dossier.verdicts, collection: collection, origin: .run(runID, opened))
    }
}

/// A sealed month, read only after everything the seal names was found to be what it names.
public struct VerifiedMonth: Sendable {
    public let folder: MonthFolder
    public let seal: Digest
    /// By path below `data/`.
    public let files: [String: Data]

    /// The newest statement of the month that was approved; nil when there is none. Throws `BrokenMonth` when it does not hold,
    /// `EvidenceError` when the chain does not.
    public init?(_ month: BillingMonth, layout: ArchiveLayout, fileSystem: any FileSystem) throws {
        let chain = ArchiveChain(layout: layout, fileSystem: fileSystem)
        guard let link = try chain.latest(of: month), link.predicate.outcome == .passed else { return nil }
        try self.init(link.folder, layout: layout, fileSystem: fileSystem)
    }

    private init?(_ folder: MonthFolder, layout: ArchiveLayout, fileSystem: any FileSystem) throws {
        let report = try ArchiveVerifier(
            archiveFolder: layout.archiveFolder, trustFolder: layout.trustFolder, fileSystem: fileSystem
        ).verify(month: folder)
        if let line = report.lines.first(where: { $0.word != .ok }) {
            throw BrokenMonth(folder: layout.relative(layout.month(folder)), line: line)
        }
        guard let month = report.months.first, let seal = month.seal else { return nil }
        (self.folder, self.seal) = (folder, seal)
        files = month.files.reduce(into: [:]) { files, file in
            if file.key.hasPrefix("data/") { files[String(file.key.dropFirst("data/".count))] = file.value }
        }
    }

    /// Throws when the archive is of a version that kept other files.
    public func book() throws -> FactBook { try decode(FactBook.self, "facts.json") }

    public func foundMonth() throws -> FoundMonth {
        let order = try decode(RunOrder.self, "order.json")
        let book = try book()
        return FoundMonth(
            MonthFigures(
                request: order.request, policy: order.policy,
                inventory: try decode(AccountInventory.self, "products/account-inventory.json"), collection: nil,
                crossValidation: try decode(CrossValidation.self, "cross-validation.json"), verdicts: book.gates,
                book: book),
            origin: .archive("\(folder)", seal))
    }

    private func decode<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> Value {
        guard let bytes = files[path] else {
            throw InputError(
                "incomplete_archive", "the archive of \(folder) has no \(path)",
                hint: "`finops-monthly verify` says what else is missing")
        }
        return try JSONText.decode(type, from: bytes)
    }
}

/// An archive that does not hold is not shown: its figures are nobody's.
public struct BrokenMonth: ExplainedError {
    public let folder: String
    public let line: VerificationLine

    public var code: String { "archive_does_not_hold" }
    public var summary: String { "the archive \(folder) is not what was sealed: \(line.check) \(line.word.rawValue)" }
    public var cause: String? { line.detail }
    public var hint: String? { "run `finops-monthly verify`, and restore the archive from a copy" }
}

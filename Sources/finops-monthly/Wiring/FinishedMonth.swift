import Evidence
import FinOps
import Foundation

/// A sealed month, opened for questions: its book of facts, compared with the manifest it was sealed under. The seal itself is
/// `verify`'s to judge.
struct FinishedMonth {
    let folder: MonthFolder
    /// What the month was sealed as.
    let seal: Digest
    /// Relative to the root.
    let path: String
    let book: FactBook

    /// The month named, or the newest. Throws `InputError`.
    static func open(_ month: String?, layout: ArchiveLayout) throws -> FinishedMonth {
        let disk = LocalFileSystem()
        let chain = ArchiveChain(layout: layout, fileSystem: disk)
        let link: ChainLink?
        if let month {
            guard let wanted = BillingMonth(month) else {
                throw InputError(
                    "bad_month", "`\(month)` is not a month", hint: "write it as YYYY-MM, for example 2026-02")
            }
            link = try chain.latest(of: wanted)
        } else {
            link = try chain.links().last { $0.predicate.outcome == .passed }
        }
        guard let link, link.predicate.outcome == .passed else {
            throw InputError(
                "no_finished_month",
                "there is no finished month\(month.map { " \($0)" } ?? "") in \(layout.relative(layout.archiveFolder))",
                hint: "`finops-monthly run` produces one")
        }
        let folder = layout.month(link.folder)
        let facts = try disk.read(folder + "/data/facts.json")
        let manifest = String(decoding: try disk.read(folder + "/manifest-sha256.txt"), as: UTF8.self)
        guard manifest.split(separator: "\n").contains("\(SystemHashing().sha256(facts).hex)  data/facts.json") else {
            throw InputError(
                "facts_changed", "\(layout.relative(folder))/data/facts.json is not the one that was sealed",
                hint: "`finops-monthly verify` says what else does not hold")
        }
        return FinishedMonth(
            folder: link.folder, seal: link.seal, path: layout.relative(folder),
            book: try JSONText.decode(FactBook.self, from: facts))
    }
}

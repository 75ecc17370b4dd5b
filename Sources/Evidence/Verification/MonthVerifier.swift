import FinOps
import Foundation
import OpenSSL

/// Checks one month by itself: the bag, its seal, and that everything the seal names is there and is what it names.
struct MonthVerifier {
    let folder: MonthFolder
    let trust: Trust
    /// Whether a trusted authority's stamp is demanded. Not of a month that was sealed just now.
    let demandsStamps: Bool
    private var list: CheckList
    private let bag: BagCheck

    init(folder: MonthFolder, path: String, trust: Trust, demandsStamps: Bool, fileSystem: any FileSystem) throws {
        self.folder = folder
        self.trust = trust
        self.demandsStamps = demandsStamps
        list = CheckList(month: folder.description)
        bag = try BagCheck(folder: path, fileSystem: fileSystem)
    }

    /// The lines and what was read.
    consuming func verify() -> (lines: [VerificationLine], month: ArchivedMonth) {
        bag.run(into: &list)
        let seal = seal()
        let predicate = seal?.statement.predicate
        if let statement = seal?.statement { contents(statement) }
        let journal = journal(predicate)
        let sealedBy = seal.flatMap { seal in
            StampCheck(
                name: "seal", bundle: seal.bundle, roots: trust.stampRoots, notBefore: journal.last?.time,
                isDemanded: demandsStamps
            ).run(into: &list)
        }
        var approvals: ApprovalTally?
        if let predicate {
            let check = ApprovalsCheck(
                files: bag.files, journal: journal, predicate: predicate, trust: trust, sealedBy: sealedBy)
            approvals = check.run(into: &list)
        }
        let month = ArchivedMonth(
            folder: folder, predicate: predicate, seal: seal?.bundle.payloadDigest, files: bag.files, journal: journal,
            approvals: approvals)
        return (list.lines, month)
    }

    private mutating func seal() -> (bundle: SigstoreBundle, statement: Statement<RunPredicate>)? {
        let check = "seal signature"
        guard let bytes = bag.files[BagPath.seal] else {
            list.add(check, .missing, BagPath.seal)
            return nil
        }
        guard !trust.runners.isEmpty else {
            list.add(check, .missing, "no trusted runner key to verify it with")
            return nil
        }
        let bundle: SigstoreBundle
        do {
            bundle = try SigstoreBundle(bytes)
        } catch {
            list.add(check, .failed, (error as? EvidenceError)?.summary ?? BagPath.seal)
            return nil
        }
        let signers = trust.runners.signers(of: bundle)
        guard !signers.isEmpty else {
            list.add(check, .failed, "the trusted runner key did not sign \(BagPath.seal)")
            return nil
        }
        guard let statement = try? Statement<RunPredicate>(payload: bundle.payload) else {
            list.add(check, .failed, "what was signed is not the seal of a month")
            return nil
        }
        guard signers.count(at: statement.predicate.seq) else {
            list.add(check, .failed, "the key that signed it is trusted only \(signers[0].window.words)")
            return nil
        }
        list.add(check, .ok)
        return (bundle, statement)
    }

    private mutating func contents(_ statement: Statement<RunPredicate>) {
        let predicate = statement.predicate
        if let tagManifest = bag.files[BagPath.tagManifest] {
            list.compare(
                "seal subject", sealed: statement.subject,
                found: [NamedDigest(name: BagPath.tagManifest, digest: Digest(of: tagManifest))])
        } else {
            list.add("seal subject", .missing, BagPath.tagManifest)
        }
        list.compare("seal period", sealed: "\(predicate.period)", found: "\(folder.month)")
        let reports = bag.files.filter { $0.key.hasPrefix(BagPath.reports) }
            .map { (path: String($0.key.dropFirst("data/".count)), bytes: $0.value) }
        digest("deliverables", predicate.deliverables, reports.isEmpty ? nil : DeliverablesDigest.compute(reports))
        digest("facts", predicate.facts, bag.files[BagPath.facts].map { Digest(of: $0) })
        digest("policy", predicate.policy, bag.files[BagPath.policy].map { Digest(of: $0) })
    }

    /// A sealed thing that is not there is missing; one that is there and was not sealed differs.
    private mutating func digest(_ check: String, _ sealed: Digest?, _ found: Digest?) {
        if sealed != nil, found == nil {
            list.add(check, .missing, "sealed as \(sealed!)")
        } else {
            list.compare(check, sealed: sealed, found: found)
        }
    }

    private mutating func journal(_ predicate: RunPredicate?) -> [JournalEntry] {
        let check = "journal"
        guard let bytes = bag.files[BagPath.journal] else {
            list.add(check, .missing, BagPath.journal)
            return []
        }
        do {
            let text = try JournalText(bytes, named: BagPath.journal)
            if text.tornBytes > 0 {
                list.add(check, .failed, "its last line is unfinished")
            } else if text.entries.last?.type != .archiveFrozen {
                list.add(check, .failed, "it does not end where an archive is frozen")
            } else {
                list.add(check, .ok)
            }
            if let predicate {
                list.compare("journal head", sealed: predicate.journalHead, found: text.head)
                list.compare("journal events", sealed: predicate.events, found: text.entries.count)
            }
            return text.entries
        } catch {
            let trouble = error as? EvidenceError
            list.add(check, .failed, [trouble?.summary, trouble?.cause].compactMap { $0 }.joined(separator: ": "))
            return []
        }
    }
}

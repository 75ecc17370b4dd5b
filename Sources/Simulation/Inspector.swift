import Evidence
import FinOps
import Foundation
import Pipeline
import TestSupport

/// Remembers what was promised to anybody, and looks after every life whether all of it is still true. It reads the disk
/// itself, not through the engine.
struct Inspector {
    private let world: World
    private var journals: [String: Data] = [:]
    private var keptAnswers: Set<Digest> = []
    private var presented: [Digest: PresentedDecision] = [:]
    /// Seals that were reported as complete.
    private var reported: Set<String> = []
    private(set) var sealedFolders = 0
    /// Decisions whose keeping was acknowledged, by the journal they must be in.
    private var keptDecisions: [String: Set<Digest>] = [:]
    private var permittedRepetitions = 0

    init(world: World) { self.world = world }

    struct PresentedDecision {
        let person: String
        let approved: Bool
        let presentedOn: Timestamp
    }

    mutating func startsRun() { keptAnswers = [] }

    mutating func hearsThatDecisionIsKept(_ bundle: SigstoreBundle, of runID: String) {
        guard let bytes = try? bundle.encoded() else { return }
        keptDecisions[world.layout.journal(runID), default: []].insert(SystemHashing().sha256(bytes))
    }

    /// A person wants letters sent again that may have arrived.
    mutating func hearsSendAgain() { permittedRepetitions += PostOffice.recipients.count }

    mutating func sees(_ bundle: Digest, _ decision: PresentedDecision) { presented[bundle] = decision }

    mutating func inspect(after life: Life, ended: RunEnd?) throws {
        for question in life.notes.paidReads {
            switch question {
            case .sent(let key) where keptAnswers.contains(key):
                throw BrokenPromise("a question was paid for again whose answer had been kept")
            case .sent: break
            case .kept(let key): keptAnswers.insert(key)
            }
        }
        journals.merge(life.notes.promisedJournals) { $1 }
        for (path, promised) in journals { try inspectJournal(path, promised, life) }
        try inspectPost()
        try inspectArchive(isAtTheEnd: false)
        if let result = ended?.result, result.status == .complete { try inspectCompletion(result) }
    }

    mutating func inspectAtTheEnd() throws -> [ArchivedMonth] { try inspectArchive(isAtTheEnd: true) }

    private func inspectJournal(_ path: String, _ promised: Data, _ life: Life) throws {
        guard try world.disk.kind(of: path) == .file else { throw BrokenPromise("a journal is gone") }
        let found = try world.disk.read(path)
        guard found.starts(with: promised) else {
            throw BrokenPromise("events that were acknowledged are gone from the journal")
        }
        guard life.notes.promisedJournals[path] != nil else { return }
        do {
            let text = try JournalText(found, named: path)
            let decisions = text.entries.compactMap { $0.type == .decisionRecorded ? $0.event.outputs["bundle"] : nil }
            guard keptDecisions[path, default: []].isSubset(of: decisions) else {
                throw BrokenPromise("a decision is not kept although its approver was told so")
            }
            let written = Set(text.entries.filter { $0.type == .stepIntent }.compactMap(\.event.key))
            for case .sent(let key) in life.notes.paidReads where !written.contains(key) {
                throw BrokenPromise("a question was sent that is not written down")
            }
        } catch let error as EvidenceError {
            throw BrokenPromise("the journal cannot be read any more: \(error.summary), \(error.cause ?? "")")
        }
    }

    private func inspectPost() throws {
        let letters = world.post.letters
        guard world.post.repetitions <= permittedRepetitions else {
            throw BrokenPromise("a letter that may have arrived was sent again, and nobody asked for that")
        }
        guard !letters.isEmpty, world.story.needsPeople else { return }
        guard presented.values.contains(where: \.approved), Set(letters.map(\.deliverables)).count == 1 else {
            throw BrokenPromise("reports were sent that nobody approved")
        }
    }

    @discardableResult
    private mutating func inspectArchive(isAtTheEnd: Bool) throws -> [ArchivedMonth] {
        let folders = try world.disk.list(world.layout.archiveFolder).compactMap(MonthFolder.init)
        sealedFolders = folders.count
        guard !folders.isEmpty || !reported.isEmpty else { return [] }
        let report = try ArchiveVerifier(
            archiveFolder: world.layout.archiveFolder, trustFolder: world.pinnedTrust, fileSystem: world.disk
        ).verify()
        // Until the run has ended, the note of the head may lag behind.
        for line in report.lines where line.word != .ok && (isAtTheEnd || line.check != "head") {
            throw BrokenPromise(
                "the archive does not verify: \(line.check) \(line.word.rawValue), \(line.detail ?? "")")
        }
        for seal in reported where !report.months.contains(where: { $0.seal?.named == seal }) {
            throw BrokenPromise("a month that was reported as sealed is gone")
        }
        for month in report.months where month.predicate?.outcome == .passed { try inspectPassed(month) }
        try inspectSingleUse(report.months)
        return report.months
    }

    private func inspectPassed(_ month: ArchivedMonth) throws {
        guard world.story.ending == .complete else { throw BrokenPromise("a month was sealed that had to be stopped") }
        for comparison in GateRejudgement(files: month.files).compare() where !comparison.agrees {
            throw BrokenPromise("\(comparison.gate) did not judge what was sealed as an auditor does")
        }
        guard world.story.needsPeople else { return }
        let decisions = (month.approvals?.decisions ?? []).filter(\.approved)
        guard let request = try month.files["data/approvals/request.json"].map({ try ApprovalRequest($0) }),
            Set(decisions.map(\.approver)).isSuperset(of: world.story.approvers(without: world.withdrawn))
        else { throw BrokenPromise("a month was sealed without the people it needs") }
        for decision in decisions {
            guard let seen = presented[decision.bundleSHA256], seen.approved, seen.person == decision.approver else {
                throw BrokenPromise("a decision was sealed that nobody took")
            }
            guard !world.story.isAboutTime || seen.presentedOn <= request.expiresOn else {
                throw BrokenPromise("a decision counted that came after the request had expired")
            }
        }
    }

    private func inspectSingleUse(_ months: [ArchivedMonth]) throws {
        let used = months.flatMap { $0.approvals?.decisions.map(\.bundleSHA256) ?? [] }
        guard Set(used).count == used.count else { throw BrokenPromise("a decision was used for two months") }
    }

    private mutating func inspectCompletion(_ result: RunResult) throws {
        guard result.gates.map(\.id) == GateID.allCases else {
            throw BrokenPromise("a month is complete without all gates")
        }
        guard let seal = result.seal else { throw BrokenPromise("a month is complete without a seal") }
        reported.insert(seal)
        try inspectArchive(isAtTheEnd: false)
    }
}

/// What is not true any more, in a sentence.
struct BrokenPromise: Error {
    let sentence: String
    init(_ sentence: String) { self.sentence = sentence }
}

import Evidence
import FinOps
import Foundation
import Reports

/// Phase 5: the month's figures become facts, the facts become pages, and every file is read back before it counts.
final class ReportingPhase {
    private let request: RunRequest
    private let runFolder: String
    private let environment: RunEnvironment
    private let makeBook: () -> FactBook
    /// What a model wrote for the pages, verified.
    var paragraphs: [Persona: WrittenParagraph] = [:]

    /// `sealed`: the facts of earlier months, for how their forecasts came out.
    init(
        request: RunRequest, policy: RunPolicy, inventory: AccountInventory, collection: CostCollection,
        crossValidation: CrossValidation, verdicts: [Verdict], sealed: Observation<[SealedBook]>, runFolder: String,
        environment: RunEnvironment
    ) {
        (self.request, self.runFolder, self.environment) = (request, runFolder, environment)
        makeBook = {
            MonthFacts.book(
                request: request, policy: policy, inventory: inventory, collection: collection,
                crossValidation: crossValidation, verdicts: verdicts, sealed: sealed)
        }
    }

    /// The same answers always give the same book, so it is made once, when somebody first needs it.
    lazy var book = makeBook()

    func work() throws -> DeliverableSet {
        let facts = try JSONText.document(book)
        let factsDigest = environment.hashing.sha256(facts)
        try write(facts, to: "facts.json")
        let files = ReportRenderer.render(
            book: book, personas: request.personas, factsSHA256: factsDigest, paragraphs: paragraphs)
        let areWritten = try writeTogether(files)
        var deliverables: [Deliverable] = []
        var damaged: [String] = []
        for file in files {
            let digest = environment.hashing.sha256(file.bytes)
            guard try keep(file, digest: digest, isWritten: areWritten) else {
                damaged.append(file.path)
                continue
            }
            deliverables.append(
                Deliverable(
                    path: file.path, format: file.format, persona: file.persona, bytes: file.bytes.count, sha256: digest
                ))
        }
        return DeliverableSet(
            requested: request.personas, deliverables: deliverables, factsSHA256: factsDigest,
            deliverablesSHA256: DeliverablesDigest.compute(
                deliverables.map { (path: $0.path, digest: $0.sha256) }),
            damaged: damaged, statements: ReportRenderer.statements)
    }

    /// Writes and reads back. A single page that cannot be kept is for G5 to judge; a disk that is full or read-only stops
    /// the run.
    private func keep(_ file: RenderedFile, digest: Digest, isWritten: Bool) throws -> Bool {
        do {
            if !isWritten { try write(file.bytes, to: file.path) }
            return environment.hashing.sha256(try environment.fileSystem.read("\(runFolder)/\(file.path)")) == digest
        } catch let error as FileError where !["ENOSPC", "EDQUOT", "EROFS", "EACCES"].contains(error.code) {
            return false
        }
    }

    /// False when one of them could not be kept: then each is written by itself, to find out which.
    private func writeTogether(_ files: [RenderedFile]) throws -> Bool {
        do {
            try AtomicFile.write(
                all: files.map { ("\(runFolder)/\($0.path)", $0.bytes) }, in: environment.fileSystem)
            return true
        } catch is FileError {
            return false
        }
    }

    private func write(_ bytes: Data, to path: String) throws {
        try AtomicFile.write(bytes, to: "\(runFolder)/\(path)", in: environment.fileSystem)
    }
}

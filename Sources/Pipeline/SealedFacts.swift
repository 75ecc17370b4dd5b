import Evidence
import FinOps
import Foundation
import Reports

/// `facts.json` of the months sealed before one, for how their forecasts came out. The chain of seals is verified, and each
/// file is held against the digest its seal names; an archive that does not hold together yields nothing but its trouble.
struct SealedFacts {
    /// As many as Cost Explorer knows what they cost.
    static let monthsBack = 12

    let environment: RunEnvironment

    /// Oldest first; of each month the last restatement. Months that were skipped or rejected forecast nothing.
    func books(before month: BillingMonth) throws -> Observation<[SealedBook]> {
        do {
            let links = try environment.chain.links().filter { link in
                link.folder.month < month && link.folder.month >= month.adding(months: -Self.monthsBack)
                    && link.predicate.outcome == .passed
            }
            let last = Dictionary(links.map { ($0.folder.month, $0) }) { _, restated in restated }
            return .known(try last.keys.sorted().compactMap { try book(last[$0]!) })
        } catch let error as EvidenceError {
            return .unknown(trouble(error.code, error.summary))
        } catch let error as FileError {
            return .unknown(trouble(error.code, error.summary))
        }
    }

    /// Nil for facts of another form, as another version may have written them.
    private func book(_ link: ChainLink) throws -> SealedBook? {
        guard let digest = link.predicate.facts else { return nil }
        let bytes = try environment.fileSystem.read("\(environment.layout.month(link.folder))/\(BagPath.facts)")
        guard environment.hashing.sha256(bytes) == digest else {
            throw EvidenceError(
                .chainBroken, "the facts of \(link.folder) are not what was sealed",
                hint: "run `finops-monthly verify` to see what differs, and restore it from a copy")
        }
        return (try? JSONText.decode(FactBook.self, from: bytes)).map { SealedBook(book: $0, sha256: digest) }
    }

    private func trouble(_ code: String, _ message: String) -> Trouble {
        Trouble(.inconsistent, code: code, message: message, operation: "the archive of sealed months")
    }
}

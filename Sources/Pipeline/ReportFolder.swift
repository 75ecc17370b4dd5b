public import Evidence
public import FinOps
public import Foundation
import Reports

/// What a person reads before deciding: `facts.json` and the pages in `reports/`, where they were written or carried to another
/// machine. Whoever decides, decides about those bytes, so every one of them is compared with the request first.
public struct ReportFolder: Sendable {
    /// Far more than any page has.
    private static let limitBytes = 64 << 20

    let path: String
    let fileSystem: any FileSystem

    public init(path: String, fileSystem: any FileSystem = LocalFileSystem()) {
        self.path = path
        self.fileSystem = fileSystem
    }

    /// `shown` is how the reader is told of the folder. Throws `deliverables_differ`, `report_missing` or `FileError`.
    public func briefing(for request: ApprovalRequest, shownAs shown: String) throws -> ApprovalBriefing {
        let facts = try bytes("facts.json")
        let pages = try pages(of: request.deliverables, run: request.run, shownAs: shown)
        guard SystemHashing().sha256(facts) == request.facts else {
            throw differ("\(shown)/facts.json is not the one the request names", run: request.run)
        }
        let paths = pages.map(\.path)
        let lead = LeadPage.path(among: paths) ?? "reports"
        return ApprovalBriefing(
            request: request, book: try JSONText.decode(FactBook.self, from: facts), reports: paths,
            reportPath: "\(shown)/\(lead)")
    }

    /// The bytes of one report, after all of them were compared; nil when there is none of that name.
    public func page(_ name: String, for request: ApprovalRequest) throws -> Data? {
        try pages(of: request.deliverables, run: request.run, shownAs: path).first { $0.path == "reports/\(name)" }?
            .bytes
    }

    /// Every report, after all of them together were compared with the digest that was decided on.
    func pages(of digest: Digest, run: String, shownAs shown: String) throws -> [(path: String, bytes: Data)] {
        let pages = try pages()
        guard DeliverablesDigest.compute(pages) == digest else {
            throw differ("the reports in \(shown) are not the ones the request names", run: run)
        }
        return pages
    }

    private func pages() throws -> [(path: String, bytes: Data)] {
        try pageNames().map { ("reports/\($0)", try bytes("reports/\($0)")) }
    }

    /// Names that begin with a dot are the file manager's, not ours.
    private func pageNames() throws -> [String] {
        guard try fileSystem.kind(of: "\(path)/reports") == .directory else {
            throw InputError(
                "report_missing", "\(path) holds no reports",
                hint: "name the folder that has `facts.json` and `reports` in it")
        }
        return try fileSystem.list("\(path)/reports").filter { !$0.hasPrefix(".") }
    }

    private func bytes(_ name: String) throws -> Data {
        guard try fileSystem.kind(of: "\(path)/\(name)") == .file,
            let bytes = try fileSystem.read("\(path)/\(name)", atMost: Self.limitBytes)
        else {
            throw InputError(
                "report_missing", "\(path)/\(name) is missing, or is no file of ours",
                hint: "name the folder that has `facts.json` and `reports` in it, whole and unchanged")
        }
        return bytes
    }

    private func differ(_ summary: String, run: String) -> InputError {
        InputError(
            "deliverables_differ", summary,
            hint: "take the folder as the run wrote it; `finops-monthly resume \(run)` makes a fresh request "
                + "when pages were rendered again")
    }
}

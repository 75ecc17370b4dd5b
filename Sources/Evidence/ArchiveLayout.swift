public import FinOps

/// The one place that knows where things lie below the root folder.
public struct ArchiveLayout: Hashable, Sendable {
    /// `evidence/<project>/finops-reports/YYYY-MM`, the default of `paths.archive`.
    public static let defaultTemplate = "evidence/{project}/finops-reports/{month}"

    public let root: String
    public let project: String
    private let archive: String

    /// `template` may use `{project}` and must end in `/{month}`. Throws `InputError` for a project or a template that would
    /// leave the root or that an archive cannot carry.
    public init(root: String, project: String, template: String = ArchiveLayout.defaultTemplate) throws {
        guard BagPath.isPlain(component: project) else {
            throw InputError(
                "invalid_project", "the project name `\(project)` cannot be a folder",
                hint: "use letters, digits, dots, hyphens and underscores, and begin with a letter or a digit")
        }
        let parts = template.split(separator: "/", omittingEmptySubsequences: false).map {
            String($0).replacing("{project}", with: project)
        }
        guard parts.count > 1, parts.last == "{month}", parts.dropLast().allSatisfy(BagPath.isPlain(component:)) else {
            throw InputError(
                "invalid_archive_path", "the archive path `\(template)` cannot be used",
                hint: "give a path below the root that ends in /{month}, such as \(ArchiveLayout.defaultTemplate)")
        }
        self.root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
        self.project = project
        archive = parts.dropLast().joined(separator: "/")
    }

    /// `tmp/<project>/finops/aws`: everything in it may be thrown away once a month is sealed.
    public var runsFolder: String { "\(root)/tmp/\(project)/finops/aws" }
    public func runFolder(_ run: String) -> String { "\(runsFolder)/\(run)" }
    public func journal(_ run: String) -> String { runFolder(run) + "/journal.jsonl" }
    public func objects(_ run: String) -> String { runFolder(run) + "/objects" }
    /// The drafts a person reads before the month is archived.
    public func reports(_ run: String) -> String { runFolder(run) + "/reports" }
    public func approvalRequest(_ run: String) -> String { runFolder(run) + "/approval-request.json" }
    /// Where `approve` and `reject` put signed decisions and `resume` finds them.
    public func decisions(_ run: String) -> String { runFolder(run) + "/decisions" }
    /// `G7-alice.sigstore.json`.
    public func decision(_ run: String, approver: String) -> String {
        decisions(run) + "/" + ArchiveLayout.decisionName(approver: approver)
    }
    public static func decisionName(approver: String) -> String { "G7-\(approver).sigstore.json" }

    /// Held while a run writes its journal.
    public func runLock(_ run: String) -> String { "\(runsFolder)/.locks/\(run).lock" }
    /// Held from the first to the last phase, so that one month has one run at a time.
    public func monthLock(_ month: BillingMonth) -> String { "\(runsFolder)/.locks/\(month).lock" }
    /// Held while a month is sealed, so that the chain cannot fork.
    public var archiveLock: String { "\(runsFolder)/.locks/archive.lock" }

    /// `evidence/<project>/finops-reports`: the chain of months.
    public var archiveFolder: String { "\(root)/\(archive)" }
    public func month(_ folder: MonthFolder) -> String { "\(archiveFolder)/\(folder)" }
    /// Where a bag is built before the rename that commits it.
    public func partial(_ folder: MonthFolder) -> String { "\(archiveFolder)/.\(folder).partial" }
    /// Where a seal with one stamp more is written before it replaces the old one.
    public func sealAside(_ folder: MonthFolder) -> String { "\(archiveFolder)/.\(folder).seal.partial" }
    /// The digest of the last seal, for convenience; the truth is in the seals.
    public var head: String { archiveFolder + "/" + ArchiveLayout.headName }
    public static let headName = "HEAD"
    /// What verifies the months without this program.
    public var verifyScript: String { archiveFolder + "/" + VerifyScript.name }
    /// Public keys, for convenience; an auditor pins his own copy.
    public var trustFolder: String { archiveFolder + "/" + ArchiveLayout.trustName }
    public static let trustName = "trust"

    public var coordinationLogs: String { "\(root)/coordination-logs/\(project)" }
    /// `qa-engineer-2026-03-01.json`; the second of a day is `qa-engineer-2026-03-01.2.json`, for no log is overwritten.
    public func coordinationLog(role: String, day: CalendarDay, number: Int = 1) -> String {
        "\(coordinationLogs)/\(role)-\(day)\(number > 1 ? ".\(number)" : "").json"
    }

    /// A path as it is shown and stored: relative to the root where it lies below it.
    public func relative(_ path: String) -> String {
        path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path
    }
}

/// The folder of one sealed month: `2026-02`, or `2026-02.r1` for its first restatement.
public struct MonthFolder: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let month: BillingMonth
    /// 0 for the first statement of the month.
    public let revision: Int

    public init(_ month: BillingMonth, revision: Int = 0) {
        self.month = month
        self.revision = revision
    }

    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let month = parts.first.flatMap({ BillingMonth(String($0)) }) else { return nil }
        self.month = month
        switch parts.count {
        case 1: revision = 0
        case 2:
            guard parts[1].first == "r", let number = Int(parts[1].dropFirst()), number > 0,
                "r\(number)" == parts[1]
            else { return nil }
            revision = number
        default: return nil
        }
    }

    public var description: String { "\(month)" + (revision > 0 ? ".r\(revision)" : "") }

    public static func < (left: Self, right: Self) -> Bool {
        (left.month, left.revision) < (right.month, right.revision)
    }
}

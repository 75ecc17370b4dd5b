public import FinOps
public import Foundation

/// What one check found. Four words and no others.
public enum VerificationWord: String, Hashable, Codable, Sendable, CaseIterable {
    case ok
    /// A signature, a chain or a form does not hold.
    case failed = "FAILED"
    /// Something that is promised is not there, so the check could not be made.
    case missing
    /// Something is there, but it is not what was sealed.
    case differs
}

/// One check and its verdict.
public struct VerificationLine: Hashable, Sendable {
    /// `2026-02`; nil for what concerns the whole archive.
    public let month: String?
    /// What was checked: `seal signature`, `manifest`, `approval G7-alice`.
    public let check: String
    public let word: VerificationWord
    /// The file, line or digest in question; always given unless the word is ok.
    public let detail: String?
}

/// Everything a verification found, and everything it read, so that a caller can judge the gates again.
public struct VerificationReport: Sendable {
    public let lines: [VerificationLine]
    /// By folder name.
    public let months: [ArchivedMonth]
    /// The last seal of the chain; nil when no seal verified.
    public let head: Digest?

    public enum Failure: String, Hashable, Sendable {
        /// A signature, digest, stamp or link does not hold: exit status 30.
        case broken
        /// Nothing contradicts, but evidence is missing: exit status 31.
        case incomplete
    }

    /// Nil when every check is ok. Something broken outweighs something missing.
    public var failure: Failure? {
        if lines.contains(where: { $0.word == .failed || $0.word == .differs }) { return .broken }
        return lines.contains { $0.word == .missing } ? .incomplete : nil
    }
}

/// A month as it was read from the archive.
public struct ArchivedMonth: Sendable {
    public let folder: MonthFolder
    /// What the seal says, if its signature holds.
    public let predicate: RunPredicate?
    /// SHA-256 of the seal's payload, if its signature holds.
    public let seal: Digest?
    /// Every regular file by its path in the bag, as read.
    public let files: [String: Data]
    /// The archived journal, if it holds together.
    public let journal: [JournalEntry]
    /// The decisions, counted anew; nil where no approval was requested.
    public let approvals: ApprovalTally?

    /// How other seals refer to this one.
    var reference: NamedDigest? { seal.map { NamedDigest(name: folder.description, digest: $0) } }
}

/// Collects lines for one month, or for the archive.
struct CheckList {
    let month: String?
    private(set) var lines: [VerificationLine] = []

    init(month: String? = nil) { self.month = month }

    mutating func add(_ check: String, _ word: VerificationWord, _ detail: String? = nil) {
        lines.append(VerificationLine(month: month, check: check, word: word, detail: detail))
    }

    /// One line for many findings: the first of each word is shown, ok when there are none.
    mutating func add(_ check: String, _ findings: [(word: VerificationWord, detail: String)]) {
        if findings.isEmpty { add(check, .ok) }
        for finding in findings { add(check, finding.word, finding.detail) }
    }

    /// ok when equal, else what was sealed and what was found.
    mutating func compare<Value: Equatable>(_ check: String, sealed: Value?, found: Value?) {
        if sealed == found {
            add(check, .ok)
        } else {
            add(check, .differs, "sealed as \(CheckList.text(sealed)), found \(CheckList.text(found))")
        }
    }

    private static func text<Value>(_ value: Value?) -> String {
        guard let value else { return "nothing" }
        return switch value {
        case let named as NamedDigest: "\(named.name) \(named.digest)"
        case let list as [NamedDigest]: list.map { text($0) }.joined(separator: ", ")
        default: "\(value)"
        }
    }
}

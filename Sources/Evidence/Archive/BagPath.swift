/// Where things lie inside the bag of a month, and which paths a bag can carry.
public enum BagPath {
    public static let declaration = "bagit.txt"
    public static let info = "bag-info.txt"
    public static let manifest = "manifest-sha256.txt"
    public static let tagManifest = "tagmanifest-sha256.txt"
    public static let seal = "seal/run.sigstore.json"

    /// The deliverables: what the approver read, and nothing else.
    public static let reports = "data/reports/"
    public static let facts = "data/facts.json"
    public static let policy = "data/policy.json"
    public static let journal = "data/journal.jsonl"
    public static let crossValidation = "data/cross-validation.json"
    public static let queries = "data/queries/"
    public static let coordinationLogs = "data/coordination-logs/"
    public static let approvals = "data/approvals/"
    public static let approvalRequest = "data/approvals/request.json"

    /// Letters, digits, dots, hyphens and underscores, beginning with a letter or a digit: the same everywhere, needing no
    /// escape in a manifest, a shell or a URL.
    public static func isPlain(component: String) -> Bool {
        guard let first = component.utf8.first, isAlphanumeric(first), component.utf8.count <= 255 else { return false }
        return component.utf8.allSatisfy { isAlphanumeric($0) || $0 == 45 || $0 == 46 || $0 == 95 }
    }

    /// Plain components joined by single slashes.
    public static func isPlain(_ path: String) -> Bool {
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { isPlain(component: String($0)) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}

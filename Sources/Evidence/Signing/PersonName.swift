/// Names of keys and approvers: plain lower-case ASCII, so that no two look alike.
public enum PersonName {
    /// Throws `invalid_name`.
    public static func check(_ name: String) throws {
        let isPlain =
            name.utf8.count <= 64
            && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || [45, 46, 95].contains($0) }
        guard isPlain, let first = name.utf8.first, ![45, 46, 95].contains(first) else {
            throw EvidenceError(
                .invalidName, "`\(name)` cannot name a key or an approver",
                hint: "use lower-case letters a to z, digits, dots, hyphens and underscores, such as alice or j.doe")
        }
    }
}

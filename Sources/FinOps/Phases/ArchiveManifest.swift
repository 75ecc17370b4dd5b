/// Phase 8: the sealed archive as it was found when re-read from the disk.
public struct ArchiveManifest: Hashable, Codable, Sendable {
    /// Relative to the root: `evidence/<project>/finops-reports/2026-02`.
    public let path: String
    public let fileCount: Int
    public let bytes: Int
    /// SHA-256 of the seal's payload: the month's name in the chain.
    public let seal: Digest?
    public let sequence: Int
    public let previous: Digest?
    /// What a re-read of the whole bag found wrong; empty means that every digest and the signature hold.
    public let problems: [String]
    /// How many time-stamping authorities have stamped the seal; 0 is sealed, unstamped. Nil in a manifest made before there
    /// were stamps.
    public let stampCount: Int?

    public init(
        path: String, fileCount: Int, bytes: Int, seal: Digest?, sequence: Int, previous: Digest?, problems: [String],
        stampCount: Int? = nil
    ) {
        self.path = path
        self.fileCount = fileCount
        self.bytes = bytes
        self.seal = seal
        self.sequence = sequence
        self.previous = previous
        self.problems = problems
        self.stampCount = stampCount
    }
}

/// Phase 5: one file a reader opens, by digest. The bytes lie beside it in the run's `reports` folder.
public struct Deliverable: Hashable, Codable, Sendable {
    public enum Format: String, Codable, Sendable, CaseIterable { case html, markdown, email, json }

    /// Relative to the run folder: `reports/cfo.html`.
    public let path: String
    public let format: Format
    /// Nil for what is for all: the e-mail and the statements.
    public let persona: Persona?
    public let bytes: Int
    public let sha256: Digest

    public init(path: String, format: Format, persona: Persona?, bytes: Int, sha256: Digest) {
        self.path = path
        self.format = format
        self.persona = persona
        self.bytes = bytes
        self.sha256 = sha256
    }
}

/// What phase 5 was asked for and what lies on the disk when it is re-read.
public struct DeliverableSet: Hashable, Codable, Sendable {
    public let requested: [Persona]
    public let deliverables: [Deliverable]
    public let factsSHA256: Digest
    /// SHA-256 over the manifest lines of `data/reports/`; what an approval names.
    public let deliverablesSHA256: Digest
    /// Paths that were written but could not be read back with the same digest.
    public let damaged: [String]
    /// Documents for all readers, by name without suffix, each promised as HTML, Markdown and JSON; nil in a set made before
    /// there were any.
    public let statements: [String]?

    public init(
        requested: [Persona], deliverables: [Deliverable], factsSHA256: Digest, deliverablesSHA256: Digest,
        damaged: [String], statements: [String]? = nil
    ) {
        self.requested = requested
        self.deliverables = deliverables
        self.factsSHA256 = factsSHA256
        self.deliverablesSHA256 = deliverablesSHA256
        self.damaged = damaged
        self.statements = statements
    }
}

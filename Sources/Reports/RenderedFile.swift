public import FinOps
public import Foundation

/// One finished file: `reports/cfo.html`, `reports/cfo.md` or `reports/stakeholder-email.html`.
public struct RenderedFile: Hashable, Sendable {
    /// Relative to the run's folder.
    public let path: String
    public let format: Deliverable.Format
    /// Nil for the e-mail, which is for all.
    public let persona: Persona?
    public let bytes: Data

    init(path: String, format: Deliverable.Format, persona: Persona?, text: String) {
        self.path = path
        self.format = format
        self.persona = persona
        bytes = Data(text.utf8)
    }
}

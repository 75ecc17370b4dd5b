import FinOps

/// The page to read first, and the one that is attached where reports are mailed: the CFO's, else the first reader's.
public enum LeadPage {
    /// - Parameter paths: As reports are named, `reports/cfo.html`. Nil where no page was asked for.
    public static func path(among paths: [String]) -> String? {
        ([.cfo] + PersonaCatalog.personas.map(\.persona)).lazy.map(path(of:)).first(where: paths.contains)
    }

    static func path(of persona: Persona) -> String { "reports/\(persona.rawValue).html" }
}

import FinOps

/// Writes the page of one reader.
protocol PersonaPage: Sendable {
    var persona: Persona { get }
    func page(_ context: PageContext) -> ReportPage
}

/// The seven readers, in the order a report is handed round. A new one is a file beside this and a line here.
enum PersonaCatalog {
    static let personas: [any PersonaPage] = [
        ExecutivePage(),
        ChiefExecutivePage(),
        ChiefFinancialPage(),
        ChiefTechnologyPage(),
        ArchitectPage(),
        ReliabilityPage(),
        TechnicalPage(),
    ]
}

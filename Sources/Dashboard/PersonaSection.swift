/// A table that belongs to some personas and not to others.
enum PersonaSection {
    case movers, why, units, growth, grossToNet, outlook, families, heat, movements, furthestDays, layers, gates,
        questions

    /// About the month as a whole or its record types: nothing of it is known of some services alone.
    var needsWholeMonth: Bool {
        switch self {
        case .layers, .gates, .questions: true
        default: false
        }
    }

    var needsRecordTypes: Bool { [.why, .grossToNet, .outlook].contains(self) }
}

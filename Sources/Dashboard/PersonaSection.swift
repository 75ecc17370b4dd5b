/// A table that belongs to some personas and not to others.
enum PersonaSection {
    case movers, why, units, growth, grossToNet, outlook, accuracy, lights, commitments, expiries, families, heat,
        funnel,
        advice, incidents, resources, drillDown, movements, furthestDays, layers, gates, questions

    /// About the month as a whole or its record types: nothing of it is known of some services alone.
    var needsWholeMonth: Bool {
        switch self {
        case .layers, .gates, .questions, .accuracy, .lights, .commitments, .expiries, .funnel, .advice, .incidents:
            true
        default: false
        }
    }

    var needsRecordTypes: Bool { [.why, .grossToNet, .outlook].contains(self) }

    /// The facts that say why the table, or a part of it, is not there when they are unknown.
    var evidence: [String] {
        switch self {
        case .accuracy: ["accuracy.lag1.forecast"]
        case .expiries: ["commitment.count"]
        case .funnel: ["savings.open.count", "savings.approved.count"]
        case .advice: ["savings.open.count"]
        case .incidents: ["incidents.count"]
        case .resources: ["resources.count"]
        default: []
        }
    }
}

public import FinOps

/// Who is heard when: the last column of the phase table. A new role is one file and its seats here.
public enum AgentRoster {
    public static let seats: [(phase: PhaseID, roles: [any Role])] = [
        (.coordination, [ProductOwner(), CloudArchitect()]),
        (.collection, [ObservabilityEngineer()]),
        (.crossValidation, [ObservabilityEngineer()]),
        (.scoring, [QualityEngineer(), ProductOwner(), CloudArchitect()]),
    ]

    /// Empty for the phases at which nobody is heard.
    public static func roles(at phase: PhaseID) -> [any Role] { seats.first { $0.phase == phase }?.roles ?? [] }

    public static let all: [any Role] = [
        ProductOwner(), CloudArchitect(), ObservabilityEngineer(), QualityEngineer(),
    ]
}

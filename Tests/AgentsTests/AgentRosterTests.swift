import Agents
import FinOps
import TestSupport
import Testing

@Suite struct `The roster` {
    @Test func `hears the roles at the phases of the phase table`() {
        let table = PhaseID.allCases.map { phase in AgentRoster.roles(at: phase).map(\.name) }
        #expect(
            table == [
                ["product-owner", "cloud-architect"], [], [], ["observability-engineer"], ["observability-engineer"],
                [],
                [], [], [], ["qa-engineer", "product-owner", "cloud-architect"],
            ])
    }

    @Test func `every role knows its own seats`() {
        for role in AgentRoster.all {
            let seated = AgentRoster.seats.filter { $0.roles.contains { $0.name == role.name } }.map(\.phase)
            #expect(role.seats == seated && !role.duty.isEmpty)
        }
    }

    @Test func `every review carries role, phase and what was shown`() {
        let shown = [ExaminedItem(name: "brief", sha256: SampleLedger.digest("1"))]
        for (phase, roles) in AgentRoster.seats {
            for role in roles {
                let review = role.review(RoleBriefing(phase: phase, examined: shown))
                #expect(review.role == role.name && review.phase == phase && review.examined == shown)
                #expect(review.verdict == .abstain || review.verdict == .fail)
            }
        }
    }
}

import FinOps
import TestSupport

/// What kind of month a seed tells of, before anything goes wrong with machines.
enum Story: String, CaseIterable, Sendable {
    case belowThreshold
    case approved
    case approvedByTwo
    case rejected
    /// Nobody answers in time; the people are asked again and approve.
    case answeredTooLate
    /// A decision on the request that expired is presented for the one that followed.
    case oldDecisionAgain
    /// Someone who is not listed signs first.
    case strangerFirst
    /// Whoever asked for the run signs first.
    case requesterFirst
    /// The layers differ: G4 must stop the month, however often it is tried.
    case unexplainedVariance
    /// Nobody is signed in, and later somebody is.
    case signedOutAtFirst
    case billingDeniedAtFirst
    case throttledAtFirst
    /// The answer to a question that was paid for never arrives whole.
    case answerCutAtFirst
    /// Every answer takes longer than a phase may.
    case slowAtFirst
    case organizationUnreadable
    /// A browser photographs the pages, or hangs, or dies.
    case photographed
    /// Two processes work on the run at once.
    case twoAtOnce
    /// A file is laid into the run's folder instead of handed in; the first is torn.
    case decisionDroppedIn
    /// One listed approver says no and another yes.
    case splitDecision
    /// Another month takes the place in the chain that was decided on.
    case chainMoved
    /// The month is begun anew with other figures, and the decision on the first figures is presented again.
    case revised
    /// The reports are sent to people, and what became of a letter may stay unknown.
    case mailed
    /// The approver's key loses its trust between the decision and its use.
    case trustWithdrawn
    /// The month is sealed twice, the second time as a restatement.
    case restated

    var policy: RunPolicy {
        var policy = RunPolicy(approvalThreshold: Money(needsPeople ? "50000" : "1000000", .usd))
        if self == .approvedByTwo { policy.approvalQuorum = 2 }
        return policy
    }

    var needsPeople: Bool {
        switch self {
        case .approved, .approvedByTwo, .rejected, .answeredTooLate, .oldDecisionAgain, .strangerFirst,
            .requesterFirst, .twoAtOnce, .decisionDroppedIn, .splitDecision, .chainMoved, .revised, .mailed,
            .trustWithdrawn:
            true
        default: false
        }
    }

    /// Clocks are right in these, so that "too late" means what it says.
    var isAboutTime: Bool { self == .answeredTooLate || self == .oldDecisionAgain }

    /// Who has to approve; `withdrawn` are those whose keys are not trusted any more.
    func approvers(without withdrawn: Set<String>) -> [String] {
        switch self {
        case .approvedByTwo: ["bob", "carol"]
        default: withdrawn.contains("bob") ? ["carol"] : ["bob"]
        }
    }

    /// Something is wrong with the cloud, for a while at least.
    var isAboutTheCloud: Bool {
        switch self {
        case .unexplainedVariance, .signedOutAtFirst, .billingDeniedAtFirst, .throttledAtFirst, .answerCutAtFirst,
            .slowAtFirst, .organizationUnreadable:
            true
        default: false
        }
    }

    var isMailed: Bool { self == .mailed || self == .trustWithdrawn }

    /// How it must end once nothing goes wrong any more.
    var ending: Ending {
        switch self {
        case .rejected, .splitDecision: .rejected
        case .unexplainedVariance: .stoppedByG4
        default: .complete
        }
    }

    enum Ending: Sendable { case complete, rejected, stoppedByG4 }
}

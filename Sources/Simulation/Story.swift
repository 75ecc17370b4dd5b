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
    case organizationUnreadable
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
            .requesterFirst:
            true
        default: false
        }
    }

    /// Clocks are right in these, so that "too late" means what it says.
    var isAboutTime: Bool { self == .answeredTooLate || self == .oldDecisionAgain }

    var approvers: [String] { self == .approvedByTwo ? ["bob", "carol"] : ["bob"] }

    /// How it must end once nothing goes wrong any more.
    var ending: Ending {
        switch self {
        case .rejected: .rejected
        case .unexplainedVariance: .stoppedByG4
        default: .complete
        }
    }

    enum Ending: Sendable { case complete, rejected, stoppedByG4 }
}

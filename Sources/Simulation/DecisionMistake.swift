import Evidence
import FinOps

/// A decision counts that must not: what the verification of approvals could have been written without.
public enum DecisionMistake: String, Sendable, CaseIterable {
    /// A decision on a request that is over counts for the one that followed.
    case usedTwice
    /// Nobody compares month, place in the chain and predecessor.
    case ofAnotherPlace
    /// Reports, facts and policy may be other ones by now.
    case ofAnOlderRevision
    case afterItExpired
    case byTheRequester
    /// A person who signs twice is two people.
    case countedByFile
    case rejectionOverruled
    /// Trust is looked up when a decision is counted and not when it is used.
    case notCheckedAgain

    var rules: ApprovalRules {
        var rules = ApprovalRules.standard
        // Any of them would give an old request away.
        let ofAnotherRequest: Set<ApprovalRefusal> = [.wrongRequest, .wrongTerms, .wrongLog, .beforeRequested]
        switch self {
        case .usedTwice: rules.overlooked = ofAnotherRequest
        case .ofAnotherPlace:
            rules.overlooked = ofAnotherRequest.union([.wrongPeriod, .wrongSequence, .wrongPrevious])
        case .ofAnOlderRevision:
            rules.overlooked = ofAnotherRequest.union([.wrongDeliverables, .wrongFacts, .policyDiffers])
        case .afterItExpired: rules.overlooked = [.expired]
        case .byTheRequester: rules.overlooked = [.requesterApproves]
        case .countedByFile: rules.person = { $0.bundleSHA256.hex }
        case .rejectionOverruled: rules.rejectionOutweighs = false
        case .notCheckedAgain: break
        }
        return rules
    }
}

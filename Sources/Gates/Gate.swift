public import FinOps

/// A pure function from a phase's product to a verdict. It never calls out and never looks at a clock, so an auditor can
/// judge every archived product again, offline, years later, and must arrive at the same verdict.
///
/// `Product` ties a gate to the phase that makes it: a gate put on the wrong phase does not compile.
public protocol Gate<Product>: Sendable {
    associatedtype Product

    var id: GateID { get }
    /// As reports print it: `L1 vs L3 variance`.
    var title: String { get }
    /// What must be true, in one sentence.
    var criterion: String { get }
    /// What a verdict that does not hold makes the run do.
    var onFailure: GateAction { get }

    func judge(_ product: Product, under policy: RunPolicy) -> Verdict
}

extension Gate {
    func passed(_ reasons: String...) -> Verdict { Verdict(id, .passed, reasons: reasons) }

    func advised(_ reasons: [String], trouble: Trouble? = nil) -> Verdict {
        Verdict(id, .advised, reasons: reasons, trouble: trouble)
    }

    /// Judged, and false.
    func failed(_ reasons: [String], trouble: Trouble? = nil, action: GateAction? = nil) -> Verdict {
        Verdict(id, .failed, action: action ?? onFailure, reasons: reasons, trouble: trouble)
    }

    /// Could not be judged; blocks whatever a failure would block.
    func undetermined(_ reasons: [String], trouble: Trouble? = nil, action: GateAction? = nil) -> Verdict {
        Verdict(id, .undetermined, action: action ?? onFailure, reasons: reasons, trouble: trouble)
    }
}

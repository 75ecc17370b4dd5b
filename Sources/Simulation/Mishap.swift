import FinOps
import Foundation
import TestSupport

/// What goes wrong in one life of the process.
enum Mishap: Sendable {
    case none
    /// `kill -9` at an operation, which may be half done.
    case killed(operation: Int, thousandths: Int)
    /// The same, and what was not synchronised may be gone.
    case powerCut(operation: Int, thousandths: Int)
    /// The machine loses its power after the process has ended in peace.
    case powerCutAfterwards
    /// One operation is refused.
    case refused(operation: Int, code: String)
    /// Everything is refused from one operation on: the disk is full.
    case full(operation: Int, thousandths: Int)

    /// Somewhere within so many operations, and early as often as late.
    init(random: inout SeededRandom, operations: Int = 260) {
        let operation = 1 + random.below(random.oneIn(2) ? min(40, operations) : operations)
        let thousandths = random.below(1001)
        switch random.below(8) {
        case 0: self = .none
        case 1: self = .powerCutAfterwards
        case 2: self = .killed(operation: operation, thousandths: thousandths)
        case 3, 4, 5: self = .powerCut(operation: operation, thousandths: thousandths)
        case 6: self = .refused(operation: operation, code: "EIO")
        default: self = .full(operation: operation, thousandths: thousandths)
        }
    }

    func trouble(at operation: TroubledDisk.Operation) -> TroubledDisk.Trouble? {
        switch self {
        case .none, .powerCutAfterwards: nil
        case .killed(let point, let part), .powerCut(let point, let part):
            operation.number < point
                ? nil : operation.number == point ? .halfway("EIO", thousandths: part) : .refused("EIO")
        case .refused(let point, let code): operation.number == point ? .refused(code) : nil
        case .full(let point, let part):
            operation.number < point || [.synchronize, .remove].contains(operation.verb)
                ? nil : operation.number == point ? .halfway("ENOSPC", thousandths: part) : .refused("ENOSPC")
        }
    }

    /// The operation at which the process is gone.
    var death: Int? {
        switch self {
        case .killed(let operation, _), .powerCut(let operation, _): operation
        default: nil
        }
    }

    var isPowerCut: Bool {
        switch self {
        case .powerCut, .powerCutAfterwards: true
        default: false
        }
    }

    /// An honest disk lets every command succeed.
    var isHarmless: Bool {
        switch self {
        case .none, .powerCutAfterwards: true
        default: false
        }
    }
}

public import FinOps
import Foundation

/// How likely a budget will be overrun, as a probability and a word.
public struct BudgetLight: Hashable, Sendable {
    public enum Word: String, Hashable, Codable, Sendable {
        case green = "Green"
        case amber = "Amber"
        case red = "Red"
    }

    public let word: Word
    /// From 0 to 1.
    public let probabilityOfOverrun: Double
    /// Expected landing less budget; positive is over.
    public let gap: ExactDecimal

    /// - Parameters:
    ///   - actual: Spent so far.
    ///   - landing: The expected total at the end of the budget's period; positive.
    ///   - high80: The upper end of the landing's 80 % interval.
    public init(budget: ExactDecimal, actual: ExactDecimal, landing: ExactDecimal, high80: ExactDecimal) {
        gap = landing - budget
        probabilityOfOverrun =
            if actual > budget {
                1
            } else if budget <= .zero {
                landing > budget ? 1 : 0
            } else if high80 <= landing {
                landing > budget ? 1 : 0
            } else {
                1
                    - Statistics.normalShare(
                        below: log(budget.measured / landing.measured)
                            / (log(high80.measured / landing.measured) / Self.eightyPercentQuantile))
            }
        word = actual > budget || probabilityOfOverrun >= 0.8 ? .red : probabilityOfOverrun >= 0.2 ? .amber : .green
    }

    /// Half of an 80 % interval in standard deviations.
    private static let eightyPercentQuantile = 1.2815515655446004
}

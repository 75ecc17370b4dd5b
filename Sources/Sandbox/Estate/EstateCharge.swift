import FinOps

/// The record types the estate knows, by the spelling Cost Explorer returns.
enum EstateRecordType: Int, CaseIterable, Sendable {
    case usage, discountedUsage, savingsPlanCoveredUsage, savingsPlanNegation, savingsPlanRecurringFee
    case recurringReservationFee, support, tax, credit, refund, partnerDiscount

    var name: String {
        switch self {
        case .usage: "Usage"
        case .discountedUsage: "DiscountedUsage"
        case .savingsPlanCoveredUsage: "SavingsPlanCoveredUsage"
        case .savingsPlanNegation: "SavingsPlanNegation"
        case .savingsPlanRecurringFee: "SavingsPlanRecurringFee"
        case .recurringReservationFee: "RIFee"
        case .support: "Support"
        case .tax: "Tax"
        case .credit: "Credit"
        case .refund: "Refund"
        case .partnerDiscount: "Solution Provider Program Discount"
        }
    }
}

/// What one account was charged for one service under one record type in one month, before it is split over the days.
///
/// All amounts are micro-dollars. The month is the primitive and the days divide it, so a monthly answer needs no daily
/// rows, and the days of a month always add up to it exactly.
struct EstateCharge: Sendable {
    /// Index into `SampleEstate.accounts`.
    let account: Int
    /// Index into `EstateService.catalog`.
    let service: Int
    let recordType: EstateRecordType
    let profile: DayProfile
    let amounts: ChargeAmounts
}

struct ChargeAmounts: Sendable {
    /// What the account was charged before the partner discount.
    var unblended: Int64 = 0
    /// The partner discount on it, zero or positive: its own record type in cash view, folded in here in net view.
    var discount: Int64 = 0
    /// Commitment fees spread over what they covered.
    var amortized: Int64 = 0
    /// The discount spread the same way; over the organisation it adds up to the sum of `discount`.
    var amortizedDiscount: Int64 = 0
    /// Millionths of a unit.
    var quantity: Int64 = 0

    func map(_ transform: (Int64) -> Int64) -> ChargeAmounts {
        ChargeAmounts(
            unblended: transform(unblended), discount: transform(discount), amortized: transform(amortized),
            amortizedDiscount: transform(amortizedDiscount), quantity: transform(quantity))
    }
}

/// How a month's charge lies over its days.
enum DayProfile: Sendable {
    case flat
    /// Fees, tax and support fall on the first.
    case firstDay
    /// Only these days of the month, e.g. an anomaly.
    case days(ClosedRange<Int>)
    /// Weekends are lower by `weekendDip` thousandths and every day varies by up to `noise` thousandths.
    case workload(weekendDip: Int64, noise: Int64, key: UInt64)

    /// Running totals of the day weights: entry `n` covers the first `n` days.
    func runningWeights(_ month: BillingMonth) -> [Int64] {
        var running: [Int64] = [0]
        running.reserveCapacity(month.days + 1)
        let firstDay = month.firstDay.daysSinceEpoch
        for day in 1...month.days {
            let weight: Int64
            switch self {
            case .flat: weight = 1
            case .firstDay: weight = day == 1 ? 1 : 0
            case .days(let range): weight = range.contains(day) ? 1 : 0
            case .workload(let weekendDip, let noise, let key):
                let epochDay = firstDay + day - 1
                var random = SplitMix64(key, UInt64(epochDay))
                // 1970-01-01 was a Thursday: remainders 2 and 3 are Saturday and Sunday.
                let isWeekend = epochDay % 7 == 2 || epochDay % 7 == 3
                weight = 1000 - (isWeekend ? weekendDip : 0) + random.around(noise)
            }
            running.append(running[day - 1] + weight)
        }
        return running
    }
}

extension EstateCharge {
    /// The part of the charge that falls on the days `from..<to` of the month (0 is the first day). Cumulative rounding:
    /// adjoining ranges always add up to the whole.
    func part(from: Int, to: Int, weights: [Int64]) -> ChargeAmounts {
        let whole = weights[weights.count - 1]
        guard whole != 0 else { return ChargeAmounts() }
        // Full width: an amount times a weight may not fit 64 bits.
        func cumulative(_ amount: Int64, _ weight: Int64) -> Int64 {
            whole.dividingFullWidth(amount.multipliedFullWidth(by: weight)).quotient
        }
        let (before, after) = (weights[from], weights[to])
        return amounts.map { $0 == 0 ? 0 : cumulative($0, after) - cumulative($0, before) }
    }
}

import Analysis
import FinOps

/// Where the money is going: the months ahead with their intervals, beside AWS's own forecast of the same days, and the
/// landing of the fiscal year.
enum OutlookFacts {
    static let monthsAhead = 6

    static func write(
        _ material: FactMaterial, _ outlook: MonthlyOutlook, to ledger: inout FactLedger
    ) -> OutlookOutline {
        let source = outlook.sources
        ledger.count("outlook.months_of_history", outlook.monthsOfHistory, "whole months of history", sources: source)
        let months = material.monthsAhead
        for month in months {
            for bound in ForecastBound.allCases {
                ledger.money(
                    "outlook.\(month).\(bound.rawValue)", outlook.figure(month, bound.of),
                    "\(bound.label) of \(month.name)")
            }
        }
        writeLanding(material, to: &ledger)
        writeBesideAWS(material, outlook, to: &ledger)
        let year = FiscalYear(of: material.month, startMonth: material.fiscalYearStartMonth)
        writeFiscalYear(year, material, outlook, to: &ledger)
        let aws = material.collection.forecast.value
        return OutlookOutline(
            months: months, method: outlook.method?.rawValue, cautions: cautions(material, outlook),
            awsFirstDay: aws?.firstDay, awsEndDay: aws?.endDay, fiscalYearFirst: year.first, fiscalYearLast: year.last)
    }

    private static func cautions(_ material: FactMaterial, _ outlook: MonthlyOutlook) -> [String] {
        var cautions: [String] = []
        if outlook.method == .smoothing {
            cautions.append(
                "Under twelve months of history neither trend nor season can be told: the level is carried on.")
        } else if outlook.method == .thetaShrink, outlook.monthsOfHistory < 24 {
            cautions.append(
                "Under two years of history a season cannot be told from an event: it is trusted by half at most.")
        }
        if material.crossValidation.isPreliminary, outlook.method != nil {
            cautions.append("The last month of the history is preliminary.")
        }
        return cautions
    }

    /// A month that is still running lands at what was charged so far and, for the days to come, level × weekday.
    private static func writeLanding(_ material: FactMaterial, to ledger: inout FactLedger) {
        guard material.isRunning else { return }
        let landing: Figure =
            switch material.collection.daily {
            case .unknown(let trouble): Figure(trouble)
            case .known(let costs):
                MonthLanding(material.dailyTotals(costs), of: material.month)
                    .flatMap { ExactDecimal(measurement: $0.value) }
                    .map { Figure($0, [costs.record.parametersSHA256]) }
                    ?? Figure(
                        unknown: "fewer than \(MonthLanding.daysNeeded) whole days are known",
                        [costs.record.parametersSHA256])
            }
        ledger.money("landing.value", landing, "where \(material.month.name) will land, from its days so far")
    }

    private static func writeBesideAWS(
        _ material: FactMaterial, _ outlook: MonthlyOutlook, to ledger: inout FactLedger
    ) {
        guard let aws = material.collection.forecast.value else { return }
        let month = aws.firstDay.billingMonth
        let days = aws.endDay.daysSinceEpoch - aws.firstDay.daysSinceEpoch
        for bound in [ForecastBound.value, .low80, .high80] {
            ledger.money(
                "outlook.aws_days.\(bound.rawValue)",
                outlook.figure(month, bound.of).scaled(by: days, over: month.days).rounded,
                "our \(bound.label) of the days AWS's forecast speaks of")
        }
        ledger.days("outlook.aws_days.count", days, "days AWS's forecast speaks of")
    }

    private static func writeFiscalYear(
        _ year: FiscalYear, _ material: FactMaterial, _ outlook: MonthlyOutlook, to ledger: inout FactLedger
    ) {
        let past = year.months.filter { $0 <= material.lastWholeMonth }
        let ahead = year.months.filter { $0 > material.lastWholeMonth }
        let name = "the fiscal year \(year.first) to \(year.last)"
        let actual = past.map { material.net(in: $0) }.reduce(Figure(.zero, [])) { $0 + $1 }
        ledger.money("fiscal.actual", actual, "net cost so far of \(name)")
        ledger.count("fiscal.months_past", past.count, "whole months of \(name) so far")
        ledger.count("fiscal.months_ahead", ahead.count, "months of \(name) to come")
        for bound in ForecastBound.allCases {
            // The bounds of the months are added: months that miss together are the safe assumption.
            let rest = ahead.map { outlook.figure($0, bound.of) }.reduce(actual) { $0 + $1 }
            ledger.money(
                bound == .value ? "fiscal.landing" : "fiscal.\(bound.rawValue)", rest, "\(bound.label) of \(name)")
        }
    }
}

extension FactMaterial {
    /// The month has days to come: its figures are of a part of it.
    var isRunning: Bool { request.today < month.firstDayAfter }
    var lastWholeMonth: BillingMonth { isRunning ? month.previous : month }
    var fiscalYearStartMonth: Int { policy.fiscalYearStartMonth ?? 1 }

    /// At least half a year, and to the end of the fiscal year.
    var monthsAhead: [BillingMonth] {
        let year = FiscalYear(of: month, startMonth: fiscalYearStartMonth)
        let last = max(lastWholeMonth.adding(months: OutlookFacts.monthsAhead), year.last)
        return (1...12).map { lastWholeMonth.adding(months: $0) }.filter { $0 <= last }
    }

    var outlook: MonthlyOutlook {
        let months = TrendFacts.months(self).filter { $0 <= lastWholeMonth }
        return MonthlyOutlook(months.map { ($0, net(in: $0)) }, horizon: monthsAhead.count)
    }

    func dailyTotals(_ costs: CostLedger) -> [CalendarDay: ExactDecimal] {
        costs.lines.reduce(into: [:]) { $0[$1.day, default: .zero] += $1.amount(metric) }
    }
}

extension Figure {
    /// A statistic: to a hundredth.
    var rounded: Self { map { $0.rounded(toFractionDigits: 2) } }
}

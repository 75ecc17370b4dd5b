public import FinOps

/// `facts.json` of an earlier sealed month, its digest checked against the seal.
public struct SealedBook: Sendable {
    public let book: FactBook
    public let sha256: Digest

    public init(book: FactBook, sha256: Digest) {
        self.book = book
        self.sha256 = sha256
    }
}

/// What earlier sealed reports forecast, held against what the months then cost: one and three months before, ours, and AWS's
/// over the days it spoke of.
enum AccuracyFacts {
    static let lags = [1, 3]

    static func write(_ material: FactMaterial, to ledger: inout FactLedger) -> [PastForecastOutline] {
        var outlines: [PastForecastOutline] = []
        for lag in lags {
            let past = TrendFacts.months(material).filter { $0 <= material.lastWholeMonth }.compactMap { month in
                material.sealed(month.adding(months: -lag)).map { PastForecast(of: month, lag: lag, in: $0, material) }
            }.filter { $0.value.value != nil }
            for forecast in past { forecast.write(forecast.prefix, to: &ledger) }
            outlines += past.map { PastForecastOutline(factPrefix: $0.prefix, month: $0.month, lag: lag) }
            writeHeadline(lag, past, material, to: &ledger)
        }
        writeAWS(material, to: &ledger)
        return outlines
    }

    /// The month itself, and the mean of all that were forecast.
    private static func writeHeadline(
        _ lag: Int, _ past: [PastForecast], _ material: FactMaterial, to ledger: inout FactLedger
    ) {
        let prefix = "accuracy.lag\(lag)"
        let made = material.month.adding(months: -lag)
        func unknown(_ reason: String) -> Figure {
            material.sealed.trouble.map { Figure($0) } ?? Figure(unknown: reason)
        }
        let own =
            past.first { $0.month == material.month }
            ?? PastForecast(
                material.month, lag, value: unknown("no forecast was sealed with \(made.name)"), material)
        own.write(prefix, to: &ledger)
        let errors = past.map(\.errorPercent)
        let sum = errors.reduce(Figure(.zero, [])) { $0 + $1 }
        ledger.percent(
            "\(prefix).mean_error_pct",
            errors.isEmpty
                ? unknown("no earlier sealed month carries a forecast") : sum.divided(by: errors.count),
            "mean error of the forecasts made \(lag) months before")
        ledger.count("\(prefix).months", past.count, "months whose forecast was sealed \(lag) months before")
        ledger.count(
            "\(prefix).inside80", past.count(where: \.isInside80), "of them inside the 80 % interval that was given")
    }

    /// AWS's forecast spoke of the rest of the month that ran when the report before this one was made.
    private static func writeAWS(_ material: FactMaterial, to ledger: inout FactLedger) {
        guard let sealed = material.sealed(material.month.previous), let outlook = sealed.book.analysis?.outlook,
            let first = outlook.awsFirstDay, let end = outlook.awsEndDay, first.billingMonth == material.month,
            end <= material.month.firstDayAfter, material.lastWholeMonth == material.month,
            let daily = material.collection.daily.value
        else { return }
        let days = material.dailyTotals(daily).filter { first <= $0.key && $0.key < end }.map(\.value).sum()
        let actual = Figure(days, [daily.record.parametersSHA256])
        ledger.money("accuracy.aws.actual", actual, "net cost of the days AWS's forecast spoke of")
        for (name, id, words) in [
            ("aws", "forecast.mean", "AWS's forecast"), ("ours", "outlook.aws_days.value", "our forecast"),
        ] {
            let forecast = sealed.figure(id)
            let error = forecast - actual
            ledger.money("accuracy.\(name).forecast", forecast, "\(words) of those days")
            ledger.percent(
                "accuracy.\(name).error_pct",
                error.map(\.magnitude).percent(of: actual, otherwise: "those days cost nothing"),
                "error of \(words) in percent of what those days cost")
        }
    }
}

/// A month as an earlier report forecast it.
private struct PastForecast {
    let month: BillingMonth
    let lag: Int
    let value: Figure
    let low: Figure
    let high: Figure
    let actual: Figure

    var prefix: String { "accuracy.\(month).lag\(lag)" }

    init(of month: BillingMonth, lag: Int, in sealed: SealedBook, _ material: FactMaterial) {
        self.init(
            month, lag, value: sealed.figure("outlook.\(month).value"), low: sealed.figure("outlook.\(month).low80"),
            high: sealed.figure("outlook.\(month).high80"), material)
    }

    init(
        _ month: BillingMonth, _ lag: Int, value: Figure, low: Figure? = nil, high: Figure? = nil,
        _ material: FactMaterial
    ) {
        (self.month, self.lag, self.value) = (month, lag, value)
        (self.low, self.high) = (low ?? value, high ?? value)
        actual =
            month <= material.lastWholeMonth ? material.net(in: month) : Figure(unknown: "\(month.name) is running")
    }

    var errorPercent: Figure {
        (value - actual).map(\.magnitude).percent(of: actual, otherwise: "\(month.name) cost nothing")
    }

    var isInside80: Bool {
        guard let low = low.value, let high = high.value, let actual = actual.value else { return false }
        return low <= actual && actual <= high
    }

    func write(_ prefix: String, to ledger: inout FactLedger) {
        let when = "\(month.name), made \(lag == 1 ? "the month" : "\(lag) months") before"
        ledger.money("\(prefix).forecast", value, "forecast of \(when)")
        ledger.money("\(prefix).low80", low, "lower end of its 80 % interval")
        ledger.money("\(prefix).high80", high, "upper end of its 80 % interval")
        ledger.money("\(prefix).actual", actual, "net cost of \(month.name)")
        ledger.money("\(prefix).error", value - actual, "forecast less net cost")
        ledger.percent("\(prefix).error_pct", errorPercent, "the same, without its sign, in percent of the net cost")
    }
}

extension SealedBook {
    /// The sealed fact, with the digest of the file it was read from as its source.
    func figure(_ id: String) -> Figure {
        guard let fact = book.facts.first(where: { $0.id == id }) else {
            return Figure(unknown: "the sealed facts of \(book.month.name) do not hold `\(id)`", [sha256])
        }
        return fact.value.map { Figure($0, [sha256]) } ?? Figure(unknown: fact.reason ?? "it was unknown", [sha256])
    }
}

extension FactMaterial {
    /// The sealed facts of `month`, if they are of the same thing as this book: scope, metric and currency.
    func sealed(_ month: BillingMonth) -> SealedBook? {
        sealed.value?.first {
            $0.book.month == month && $0.book.scope == inventory.scope && $0.book.metric == metric
                && $0.book.currency == currency && $0.book.isSample == request.isSample
        }
    }
}

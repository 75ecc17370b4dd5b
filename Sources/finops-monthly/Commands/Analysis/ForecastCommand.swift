import Analysis
import ArgumentParser
import FinOps

struct ForecastCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Forecast your own monthly costs: CSV or JSON with month, amount and optionally series.",
        discussion: """
            Months are compared per day. From a year of history on, trend and season are forecast with intervals that held \
            80 and 95 % of what came on public series; under a year only the level is, and `method` says so. Fewer than \
            four months are refused. Contacts nobody.
            """)

    @OptionGroup var table: TableOptions

    @Option(help: ArgumentHelp("Months to look ahead, 1 to 24.", valueName: "months"))
    var horizon = 3

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            guard (1...24).contains(horizon) else {
                throw InputError("bad_flag", "--horizon \(horizon) is not between 1 and 24 months")
            }
            let forecasts = try table.read().monthlySeries().flatMap { series in
                try Self.forecast(series, horizon: horizon, file: table.file).map { Item(series.name, $0) }
            }
            try table.show(Self.table(forecasts), json: Report(forecasts: forecasts), nothing: "no forecast", global)
            return .complete
        }
    }

    private static func forecast(
        _ series: DataTable.MonthlySeries, horizon: Int, file: String
    ) throws -> [MonthlyForecaster.Forecast] {
        do {
            return try MonthlyForecaster().forecast(from: series.first, amounts: series.amounts, horizon: horizon)
        } catch {
            let name = series.name.isEmpty ? file : "\(file), series `\(series.name)`"
            throw switch error {
            case .tooShort(let months):
                InputError(
                    "history_too_short", "\(name): \(months) months are too few to forecast from",
                    hint: "at least \(MonthlyForecaster.monthsNeeded) are needed, and a year for trend and season")
            case .notPositive(let month):
                InputError(
                    "not_positive", "\(name): \(month) did not cost anything, and a forecast needs costs above zero",
                    hint: "leave out credits and refunds, or begin after that month")
            case .outOfRange(let month):
                InputError("out_of_range", "\(name): the interval for \(month) is wider than any amount of money")
            }
        }
    }

    private struct Item: Encodable {
        let series: String
        let month: BillingMonth
        let value: String
        let lo80: String
        let hi80: String
        let lo95: String
        let hi95: String
        let method: MonthlyForecaster.Method

        init(_ series: String, _ forecast: MonthlyForecaster.Forecast) {
            self.series = series
            month = forecast.month
            value = forecast.value.text(fractionDigits: 2)
            (lo80, hi80) = (forecast.low80.text(fractionDigits: 2), forecast.high80.text(fractionDigits: 2))
            (lo95, hi95) = (forecast.low95.text(fractionDigits: 2), forecast.high95.text(fractionDigits: 2))
            method = forecast.method
        }

        var cells: [String] { ["\(month)", value, lo80, hi80, lo95, hi95, method.rawValue, series] }
    }

    private static func table(_ forecasts: [Item]) -> AnswerTable {
        AnswerTable(
            columns: [.init(name: "month")]
                + ["value", "lo80", "hi80", "lo95", "hi95"].map { .init(name: $0, isFigure: true) }
                + [.init(name: "method"), .init(name: "series")], rows: forecasts.map(\.cells))
    }

    private struct Report: Encodable {
        let schema = 1
        let forecasts: [Item]
    }
}

import Foundation

/// Units as FOCUS writes them: a size of data, a time or a thing that is counted; of a time (`GB-Hours`), for each time
/// (`Requests/Second`), for some times (`Requests/3 Months`), or with how many (`1000 Requests`).
enum UnitFormat {
    static let pattern: String = {
        let prefixes = ["K", "M", "G", "T", "P", "E"]
        let sizes =
            ["b", "B"] + ["b", "B", "ib", "iB"].flatMap { unit in prefixes.map { $0 + unit } }
        let times = ["Year", "Month", "Day", "Hour", "Minute", "Second"]
        let (size, time) = (sizes.joined(separator: "|"), times.joined(separator: "|"))
        let plural = times.map { $0 + "s" }.joined(separator: "|")
        let thing = #"[A-Za-z][A-Za-z0-9]*(?:\s+[A-Za-z][A-Za-z0-9]*)*"#
        return [
            "^(\(size)|\(time)|\(plural)|\(thing))$", "^(\(size)|\(thing))-(\(plural))$",
            "^(\(size)|\(thing)|\(plural))/(\(time))$", "^[0-9]+ (\(size)|\(time)|\(plural)|\(thing))$",
            "^(\(size)|\(thing)|\(plural))/[0-9]+ (\(plural))$",
        ].map { "(\($0))" }.joined(separator: "|")
    }()
}

/// The currencies of ISO 4217.
enum CurrencyCodes {
    static let all = Locale.Currency.isoCurrencies.map { $0.identifier.uppercased() }.sorted()
}

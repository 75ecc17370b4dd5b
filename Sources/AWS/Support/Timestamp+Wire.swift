import FinOps

extension Timestamp {
    /// `2026-03-01T12:00:00Z`, also with a fraction of a second or an offset of hours and minutes, as AWS and its tools
    /// write times.
    init?(iso8601 text: String) {
        guard text.utf8.count >= 20, let base = Timestamp(text.prefix(19) + "Z") else { return nil }
        var rest = text.dropFirst(19)
        if rest.first == "." { rest = rest.dropFirst().drop { $0.isASCII && $0.isNumber } }
        if rest == "Z" || rest == "UTC" {
            self = base
            return
        }
        guard let sign = rest.first, sign == "+" || sign == "-" else { return nil }
        let digits = rest.dropFirst().filter { $0 != ":" }
        guard digits.count == 4, let hours = Int(digits.prefix(2)), let minutes = Int(digits.suffix(2)), minutes < 60
        else { return nil }
        let offset = hours * 3600 + minutes * 60
        self = base.adding(seconds: sign == "+" ? -offset : offset)
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, the form of HTTP's Date header.
    init?(httpDate text: String) {
        let words = text.split(separator: " ")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard words.count == 6, words[5] == "GMT", words[1].count == 2, words[3].count == 4,
            let month = months.firstIndex(of: String(words[2]))
        else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        self.init("\(words[3])-\(number)-\(words[1])T\(words[4])Z")
    }
}

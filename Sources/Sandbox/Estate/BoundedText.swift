/// Small text helpers that need no formatter.
enum BoundedText {
    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Micro-dollars as AWS prints amounts: the shortest exact decimal text.
    static func amount(_ micros: Int64) -> String {
        let (whole, fraction) = micros.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
        var text = (micros < 0 ? "-" : "") + String(whole)
        if fraction != 0 {
            var digits = padded(Int(fraction), 6)
            while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
            text += "." + digits
        }
        return text
    }

    /// Micro-dollars rounded half away from zero to whole cents, as an invoice prints them: always two digits.
    static func cents(_ micros: Int64) -> String {
        let cents = roundedCents(micros)
        let (whole, fraction) = cents.magnitude.quotientAndRemainder(dividingBy: 100)
        return (cents < 0 ? "-" : "") + String(whole) + "." + padded(Int(fraction), 2)
    }

    static func roundedCents(_ micros: Int64) -> Int64 {
        micros < 0 ? -((-micros + 5_000) / 10_000) : (micros + 5_000) / 10_000
    }
}

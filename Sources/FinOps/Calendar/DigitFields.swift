/// Reads texts of one fixed shape, such as dates: `####-##-##` is three numbers with two hyphens between them.
enum DigitFields {
    /// The numbers of `text`, or nil unless it has exactly the shape: an ASCII digit for each `#`, and everything else as it
    /// stands. Dates are read by the hundred thousand, so this looks at each byte once.
    static func numbers(in text: String, shapedLike shape: StaticString) -> [Int]? {
        var numbers: [Int] = []
        var isInside = false
        let isShaped = shape.withUTF8Buffer { shape in
            guard text.utf8.count == shape.count else { return false }
            for (expected, found) in zip(shape, text.utf8) {
                let isDigit = expected == UInt8(ascii: "#")
                guard isDigit ? (48...57).contains(found) : found == expected else { return false }
                if isDigit, !isInside { numbers.append(0) }
                if isDigit { numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(found - 48) }
                isInside = isDigit
            }
            return true
        }
        return isShaped ? numbers : nil
    }
}

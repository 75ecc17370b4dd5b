/// A mailbox: `finops@example.org` or `FinOps <finops@example.org>`.
public struct MailAddress: Hashable, Sendable {
    /// Empty when there is none.
    public let name: String
    public let mailbox: String

    /// Nil for what is no single ASCII mailbox.
    public init?(_ text: String) {
        let trimmed = text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0.isWhitespace }.reversed()
        let parts = String(trimmed).split(separator: "<", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard parts[1].last == ">" else { return nil }
            name = String(parts[0].reversed().drop { $0 == " " }.reversed().filter { $0 != "\"" })
            mailbox = String(parts[1].dropLast())
        } else {
            name = ""
            mailbox = String(parts.first ?? "")
        }
        let halves = mailbox.split(separator: "@", omittingEmptySubsequences: false)
        let isPlain = mailbox.utf8.allSatisfy { (33...126).contains($0) && !Self.special.contains($0) }
        guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty }), isPlain, mailbox.utf8.count <= 254,
            !name.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 })
        else { return nil }
    }

    public var domain: String { String(mailbox.drop { $0 != "@" }.dropFirst()) }

    private static let special = Set("<>()[],;:\\\"".utf8)
}

extension MailAddress {
    /// One mailbox a line; empty lines and lines that begin with `#` are left out. Throws the number of the first line that is none.
    public static func list(_ text: String) throws(BadLine) -> [MailAddress] {
        var found: [MailAddress] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let content = line.drop { $0.isWhitespace }
            guard !content.isEmpty, content.first != "#" else { continue }
            guard let address = MailAddress(String(content)) else { throw BadLine(number: index + 1) }
            if !found.contains(where: { $0.mailbox == address.mailbox }) { found.append(address) }
        }
        return found
    }

    /// A line that is no mailbox. Not quoted: what people put there is theirs.
    public struct BadLine: Error, Hashable {
        public let number: Int

        public init(number: Int) { self.number = number }
    }
}

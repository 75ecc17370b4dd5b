public import FinOps
public import Foundation

/// A message as RFC 5322 and MIME spell it. Pure: the same parts give the same bytes.
public struct MailMessage: Hashable, Sendable {
    public struct Attachment: Hashable, Sendable {
        public let name: String
        /// `text/html; charset=utf-8`.
        public let type: String
        public let bytes: Data

        public init(name: String, type: String, bytes: Data) {
            (self.name, self.type, self.bytes) = (name, type, bytes)
        }
    }

    public let from: MailAddress
    public let to: MailAddress
    public let subject: String
    /// Names the message wherever it goes: a second copy under the same name is recognisable. No angle brackets.
    public let id: String
    public let date: Timestamp
    public let text: String
    public let html: String?
    public let attachments: [Attachment]

    public init(
        from: MailAddress, to: MailAddress, subject: String, id: String, date: Timestamp, text: String,
        html: String? = nil, attachments: [Attachment] = []
    ) {
        (self.from, self.to, self.subject, self.id, self.date) = (from, to, subject, id, date)
        (self.text, self.html, self.attachments) = (text, html, attachments)
    }

    public func encoded() -> Data {
        let head = [
            "From: \(MailHeader.address(from))", "To: \(MailHeader.address(to))",
            "Subject: \(MailHeader.text(subject))", "Date: \(MailHeader.date(date))", "Message-ID: <\(id)>",
            "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
        ]
        return Data((head.joined(separator: "\r\n") + "\r\n" + content).utf8)
    }

    /// Headers and body of the outermost part.
    private var content: String {
        let said = multipart("alternative", [part("text/plain; charset=utf-8", Data(text.utf8))] + htmlParts)
        return multipart("mixed", [said] + attachments.map(attached))
    }

    private var htmlParts: [String] { html.map { [part("text/html; charset=utf-8", Data($0.utf8))] } ?? [] }

    private func attached(_ file: Attachment) -> String {
        let name = file.name.filter { $0.isASCII && $0 != "\"" && $0 != "\\" && !$0.isNewline }
        return part(file.type, file.bytes, more: "Content-Disposition: attachment; filename=\"\(name)\"\r\n")
    }

    private func part(_ type: String, _ bytes: Data, more: String = "") -> String {
        let text = bytes.base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
        return "Content-Type: \(type)\r\n\(more)Content-Transfer-Encoding: base64\r\n\r\n\(text)\r\n"
    }

    /// One part stands for itself. A boundary cannot occur in base64, for it begins with a character that base64 lacks.
    private func multipart(_ kind: String, _ parts: [String]) -> String {
        guard parts.count > 1 else { return parts[0] }
        let boundary = "=_\(kind)_\(id.prefix { $0 != "@" }.prefix(32))"
        let body = parts.map { "--\(boundary)\r\n\($0)" }.joined()
        return "Content-Type: multipart/\(kind); boundary=\"\(boundary)\"\r\n\r\n\(body)--\(boundary)--\r\n"
    }
}

/// How a header spells what is not plain ASCII (RFC 2047), and a moment (RFC 5322).
enum MailHeader {
    static func text(_ text: String) -> String {
        let line = String(text.map { $0.isNewline ? " " : $0 })
        guard !line.utf8.allSatisfy({ (32...126).contains($0) }) || line.contains("=?") || line.utf8.count > 900 else {
            return line
        }
        var words: [String] = []
        var word = ""
        for character in line {
            if word.utf8.count + String(character).utf8.count > 42 {
                words.append(word)
                word = ""
            }
            word.append(character)
        }
        return (words + [word]).map { "=?UTF-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    static func address(_ address: MailAddress) -> String {
        guard !address.name.isEmpty else { return address.mailbox }
        let isPlain = address.name.utf8.allSatisfy { (32...126).contains($0) && $0 != UInt8(ascii: "\\") }
        return (isPlain ? "\"\(address.name)\"" : text(address.name)) + " <\(address.mailbox)>"
    }

    static func date(_ moment: Timestamp) -> String {
        let day = moment.day
        let weekday = weekdays[(day.daysSinceEpoch % 7 + 11) % 7]
        let parts = String(day.description).split(separator: "-")
        let clock = moment.description.dropFirst(11).dropLast()
        return "\(weekday), \(parts[2]) \(months[Int(parts[1])! - 1]) \(parts[0]) \(clock) +0000"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

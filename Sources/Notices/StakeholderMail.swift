public import FinOps
public import Foundation

/// The stakeholder e-mail among approved reports, as a message: its text and its HTML as they were approved, and the page to
/// read first attached.
public struct StakeholderMail {
    public static let path = "reports/stakeholder-email.md"
    static let htmlPath = "reports/stakeholder-email.html"

    private let subject: String
    private let text: String
    private let html: String?
    private let page: MailMessage.Attachment?

    /// Nil without a stakeholder e-mail that begins with a subject.
    ///
    /// - Parameters:
    ///   - reports: Paths, `reports/cfo.html`, and bytes.
    ///   - lead: The path of the page that is attached; nil attaches none.
    public init?(_ reports: [(path: String, bytes: Data)], attaching lead: String?) {
        let marker = "Subject: "
        guard let mail = reports.first(where: { $0.path == Self.path }) else { return nil }
        let lines = String(decoding: mail.bytes, as: UTF8.self).split(
            separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard lines.count == 2, lines[0].hasPrefix(marker) else { return nil }
        subject = String(lines[0].dropFirst(marker.count))
        text = String(lines[1].drop { $0.isNewline })
        html = reports.first { $0.path == Self.htmlPath }.map { String(decoding: $0.bytes, as: UTF8.self) }
        page = reports.first { $0.path == lead }.map { page in
            MailMessage.Attachment(
                name: String(page.path.split(separator: "/").last ?? "report.html"), type: "text/html; charset=utf-8",
                bytes: page.bytes)
        }
    }

    /// - Parameter key: Of run, deliverables and recipient: a message that is sent again has the same Message-ID.
    public func message(from: MailAddress, to: MailAddress, key: Digest, date: Timestamp) -> MailMessage {
        MailMessage(
            from: from, to: to, subject: subject, id: "\(key.hex.prefix(32))@\(from.domain)", date: date, text: text,
            html: html, attachments: page.map { [$0] } ?? [])
    }
}

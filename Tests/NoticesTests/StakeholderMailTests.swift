import FinOps
import Foundation
import Notices
import TestSupport
import Testing

@Suite struct `The stakeholder e-mail as a message` {
    private static let markdown = """
        Subject: AWS February 2026: USD 320,072; Größe

        Hello,

        - **EC2 \\- Other** costs &lt;more&gt;: `a*b`
        - second

        1. First \\*thing\\*
        2. Second

        <b>not a tag</b>

        """

    private func message(_ reports: [(path: String, bytes: Data)]) -> MailMessage? {
        StakeholderMail(reports, attaching: "reports/cfo.html")?.message(
            from: MailAddress("finops@example.org")!, to: MailAddress("cfo@example.org")!,
            key: Digest(String(repeating: "ab", count: 32))!, date: Timestamp("2026-03-09T07:08:09Z")!)
    }

    private static let html = "<!doctype html><p>Hello</p>"

    @Test func `text and HTML as approved, and the page to read first attached`() throws {
        let mail = try #require(
            message([
                ("reports/ceo.html", Data("ceo".utf8)), ("reports/cfo.html", Data("cfo".utf8)),
                ("reports/stakeholder-email.html", Data(Self.html.utf8)),
                (StakeholderMail.path, Data(Self.markdown.utf8)),
            ]))
        #expect(mail.subject == "AWS February 2026: USD 320,072; Größe")
        #expect(Self.markdown.hasSuffix(mail.text))
        #expect(mail.html == Self.html)
        #expect(mail.attachments.map(\.name) == ["cfo.html"])
        #expect(mail.attachments.map(\.bytes) == [Data("cfo".utf8)])
        #expect(mail.id == String(repeating: "ab", count: 16) + "@example.org")
    }

    @Test func `a month that was rendered before there was HTML goes out as text`() throws {
        let mail = try #require(message([(StakeholderMail.path, Data(Self.markdown.utf8))]))
        #expect(mail.html == nil)
    }

    @Test func `without the e-mail or its subject there is nothing to send`() {
        #expect(message([("reports/cfo.html", Data("cfo".utf8))]) == nil)
        #expect(message([(StakeholderMail.path, Data("Hello\n\nworld\n".utf8))]) == nil)
    }
}

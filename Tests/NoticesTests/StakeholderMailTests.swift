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

    @Test func `text as approved, the same as a page, and the page to read first attached`() throws {
        let mail = try #require(
            message([
                ("reports/ceo.html", Data("ceo".utf8)), ("reports/cfo.html", Data("cfo".utf8)),
                (StakeholderMail.path, Data(Self.markdown.utf8)),
            ]))
        #expect(mail.subject == "AWS February 2026: USD 320,072; Größe")
        #expect(Self.markdown.hasSuffix(mail.text))
        #expect(mail.attachments.map(\.name) == ["cfo.html"])
        #expect(mail.attachments.map(\.bytes) == [Data("cfo".utf8)])
        #expect(mail.id == String(repeating: "ab", count: 16) + "@example.org")
        let html = try #require(mail.html)
        #expect(html.contains("<li><strong>EC2 - Other</strong> costs &lt;more&gt;: <code>a*b</code></li>"))
        #expect(html.contains("<ol><li>First *thing*</li><li>Second</li></ol>"))
        #expect(html.contains("<p>&lt;b&gt;not a tag&lt;/b&gt;</p>"))
    }

    @Test func `without the e-mail or its subject there is nothing to send`() {
        #expect(message([("reports/cfo.html", Data("cfo".utf8))]) == nil)
        #expect(message([(StakeholderMail.path, Data("Hello\n\nworld\n".utf8))]) == nil)
    }
}

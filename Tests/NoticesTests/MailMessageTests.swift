import FinOps
import Foundation
import Notices
import TestSupport
import Testing

@Suite struct `A message as other programs read it` {
    private func message(_ subject: String, html: String? = nil, attachments: [MailMessage.Attachment] = [])
        -> MailMessage
    {
        MailMessage(
            from: MailAddress("finops@example.org")!, to: MailAddress("a@example.org")!, subject: subject,
            id: "0123456789abcdef@example.org", date: Timestamp("2026-01-01T00:00:00Z")!, text: "Zürich\n.\n..dots\n",
            html: html, attachments: attachments)
    }

    private func read(_ message: MailMessage) async throws -> String {
        let script = """
            import base64, email, email.policy, sys
            message = email.message_from_bytes(base64.b64decode(sys.argv[1]), policy=email.policy.default)
            print(message["Subject"], message["Date"], message["Message-ID"], message.defects, sep="|")
            for part in message.walk():
                name = part.get_filename() or "-"
                print(part.get_content_type(), name, repr(part.get_content()) if not part.is_multipart() else "", part.defects)
            """
        let outcome = try await PythonProgram.run(script, [message.encoded().base64EncodedString()])
        #expect(outcome.errors == "")
        return outcome.output
    }

    @Test func `text, page and attachment come out as they went in`() async throws {
        let file = MailMessage.Attachment(name: "cfo.html", type: "text/html; charset=utf-8", bytes: Data("<p>ü".utf8))
        let text = try await read(message("Costs", html: "<b>Zürich</b>", attachments: [file]))
        #expect(
            text == """
                Costs|Thu, 01 Jan 2026 00:00:00 +0000|<0123456789abcdef@example.org>|[]
                multipart/mixed -  []
                multipart/alternative -  []
                text/plain - 'Zürich\\n.\\n..dots\\n' []
                text/html - '<b>Zürich</b>' []
                text/html cfo.html '<p>ü' []

                """)
    }

    @Test(arguments: [
        "plain", "Köln: 12 % mehr", "=?UTF-8?B?eA==?=", "line\nBcc: evil@example.org",
        String(repeating: "Größe und Maß 📈 ", count: 20),
    ])
    func `a subject survives whatever it holds, on one line`(subject: String) async throws {
        let text = try await read(message(subject))
        let expected = subject.replacing("\n", with: " ")
        #expect(text.hasPrefix(expected + "|"), "\(text)")
    }

    @Test(arguments: [
        ("a@example.org", "a@example.org", ""), (" Bea B. <b@example.org> ", "b@example.org", "Bea B."),
        ("\"Doe, J\" <j@example.org>", "j@example.org", "Doe, J"),
    ])
    func `an address has a mailbox and perhaps a name`(text: String, mailbox: String, name: String) throws {
        let address = try #require(MailAddress(text))
        #expect(address.mailbox == mailbox)
        #expect(address.name == name)
    }

    @Test(arguments: [
        "", "a", "a@", "@b", "a@b@c", "a b@c", "a@b,c@d", "a@b>\r\nBcc: x@y", "<a@b", "ä@b.org", "x\u{0} <a@b.org>",
    ])
    func `what is no single mailbox is refused`(text: String) { #expect(MailAddress(text) == nil) }

    @Test func `a list leaves out comments and repetitions, and names a bad line by its number`() throws {
        #expect(
            try MailAddress.list("# board\na@b.org\n\n  a@b.org\nC <c@d.org>\r\n").map(\.mailbox) == [
                "a@b.org", "c@d.org",
            ])
        #expect(throws: MailAddress.BadLine(number: 2)) { try MailAddress.list("a@b.org\nnot one\n") }
    }
}

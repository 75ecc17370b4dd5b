import Foundation

/// A notice as Slack's incoming webhooks take it. Blocks are plain text, so that no name can become a link or a mention.
struct SlackMessage: Encodable {
    struct Text: Encodable {
        var type = "plain_text"
        let text: String
        var emoji = false
    }

    struct Block: Encodable {
        let type: String
        var text: Text?
        var fields: [Text]?
    }

    /// What the notification on a phone shows.
    let text: String
    let blocks: [Block]

    init(_ notice: Notice) {
        text = Self.escaped(notice.title)
        blocks = [
            Block(type: "header", text: Text(text: notice.title)),
            Block(type: "section", fields: notice.facts.map { Text(text: "\($0.name)\n\($0.value)") }),
            Block(type: "section", text: Text(text: notice.nextStep)),
        ]
    }

    func encoded() throws -> Data { try WebhookJSON.encode(self) }

    /// The three characters Slack gives a meaning everywhere.
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

/// A notice as a Teams workflow ("when a webhook request is received") takes it: a message that carries an adaptive card.
struct TeamsCard: Encodable {
    struct Element: Encodable {
        struct Fact: Encodable {
            let title: String
            let value: String
        }

        let type: String
        var text: String?
        var weight: String?
        var wrap: Bool?
        var facts: [Fact]?
    }

    struct Card: Encodable {
        let schema = "http://adaptivecards.io/schemas/adaptive-card.json"
        let type = "AdaptiveCard"
        let version = "1.4"
        let body: [Element]

        private enum CodingKeys: String, CodingKey {
            case schema = "$schema"
            case type, version, body
        }
    }

    struct Attachment: Encodable {
        let contentType = "application/vnd.microsoft.card.adaptive"
        let content: Card
    }

    let type = "message"
    let attachments: [Attachment]

    init(_ notice: Notice) {
        attachments = [
            Attachment(
                content: Card(body: [
                    Element(type: "TextBlock", text: Self.escaped(notice.title), weight: "Bolder", wrap: true),
                    Element(
                        type: "FactSet",
                        facts: notice.facts.map { .init(title: $0.name, value: Self.escaped($0.value)) }),
                    Element(type: "TextBlock", text: Self.escaped(notice.nextStep), wrap: true),
                ]))
        ]
    }

    func encoded() throws -> Data { try WebhookJSON.encode(self) }

    /// Cards read a little Markdown: without its brackets no name can become a link.
    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
            .replacing("*", with: "\\*")
    }
}

/// Keys as the services spell them; sorted, so that the same notice is the same bytes.
private enum WebhookJSON {
    static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }
}

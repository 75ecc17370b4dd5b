import Evidence
import Foundation
import HTTP
import Notices
import TestSupport
import Testing

@Suite struct `Telling a chat` {
    private func deliver(_ kind: WebhookChannel.Kind, to url: String) async throws -> Delivery {
        let http = try HTTPClient()
        defer { http.shutdown() }
        let channel = try #require(WebhookChannel(kind, name: kind.rawValue, url: url, http: http))
        return await channel.deliver(SampleNotice.waiting)
    }

    @Test func `Slack gets plain text blocks and an escaped line for the phone`() async throws {
        try await withWebhook { webhook in
            #expect(try await deliver(.slack, to: webhook.url(.ok)) == .delivered)
            let body = try #require(try webhook.bodies().first)
            let message = try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any])
            #expect(message["text"] as? String == "AWS costs 2026-02: the report waits for a decision")
            let blocks = try #require(message["blocks"] as? [[String: Any]])
            #expect(blocks.map { $0["type"] as? String } == ["header", "section", "section"])
            let fields = try #require(blocks[1]["fields"] as? [[String: Any]])
            #expect(fields.allSatisfy { $0["type"] as? String == "plain_text" })
            #expect(fields.compactMap { $0["text"] as? String }.contains("Total\nUSD 318,841.25"))
        }
    }

    @Test func `Teams gets a message with one adaptive card and no link made of a name`() async throws {
        try await withWebhook { webhook in
            #expect(try await deliver(.teams, to: webhook.url(.accepted)) == .delivered)
            let body = try #require(try webhook.bodies().first)
            let message = try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any])
            let attachment = try #require((message["attachments"] as? [[String: Any]])?.first)
            #expect(message["type"] as? String == "message")
            #expect(attachment["contentType"] as? String == "application/vnd.microsoft.card.adaptive")
            let card = try #require(attachment["content"] as? [String: Any])
            #expect(card["type"] as? String == "AdaptiveCard")
            #expect(card["$schema"] as? String == "http://adaptivecards.io/schemas/adaptive-card.json")
            let facts = try #require((card["body"] as? [[String: Any]])?[1]["facts"] as? [[String: String]])
            #expect(facts.contains(["title": "Total", "value": "USD 318,841.25"]))
            #expect(facts.allSatisfy { $0["value"]?.contains("](y") != true || $0["value"]?.contains("\\](y") == true })
        }
    }

    @Test(arguments: [
        (WebhookCounterpart.Manner.error500, "it answered with HTTP status 500"),
        (.redirect, "it answered with HTTP status 302"), (.hangup, "the connection to it broke (reset)"),
        (.slow, "it did not answer in time"),
    ])
    func `a delivery that fails says why and nothing of the URL`(
        manner: WebhookCounterpart.Manner, reason: String
    ) async throws {
        let (outcome, taken) = try await withWebhook { webhook in
            (try await deliver(.slack, to: webhook.url(manner)), try webhook.bodies().count)
        }
        #expect(outcome == .failed(reason))
        #expect(taken == 0)
        for word in ["secret", "127.0.0.1", "http://"] { #expect(!reason.contains(word)) }
    }

    @Test func `nobody at the address is a failure too`() async throws {
        #expect(
            try await deliver(.teams, to: "http://127.0.0.1:1/secret") == .failed("nobody answers at its address"))
    }

    @Test(arguments: ["http://hooks.example.org/secret", "ftp://127.0.0.1/x", "hooks.example.org", "", "https://"])
    func `a URL that would carry its secret in the clear is none`(url: String) throws {
        let http = try HTTPClient()
        defer { http.shutdown() }
        #expect(WebhookChannel(.slack, name: "slack", url: url, http: http) == nil)
    }

    @Test func `the same is not said twice, and what failed is tried again`() async throws {
        try await withWebhook { webhook in
            let http = try HTTPClient()
            defer { http.shutdown() }
            let good = try #require(WebhookChannel(.slack, name: "slack", url: webhook.url(.ok), http: http))
            let bad = try #require(WebhookChannel(.teams, name: "teams", url: webhook.url(.error500), http: http))
            let first = await NoticeRound([good, bad])
                .send(SampleNotice.waiting, earlier: [], hashing: SystemHashing())
            #expect(first.map(\.isDelivered) == [true, false])
            let mended = try #require(WebhookChannel(.teams, name: "teams", url: webhook.url(.ok), http: http))
            let second = await NoticeRound([good, mended])
                .send(SampleNotice.waiting, earlier: first, hashing: SystemHashing())
            #expect(second.map(\.isDelivered) == [true, true])
            #expect(try webhook.bodies().count == 2)
        }
    }
}

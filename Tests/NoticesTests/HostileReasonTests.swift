import FinOps
import Foundation
import TestSupport
import Testing

@testable import Notices

/// A reason may quote what AWS said, and AWS may quote what anybody wrote.
@Suite struct `A hostile reason` {
    private static let calm = "HARMLESS"

    private func notice(_ reason: String) -> Notice {
        Notice(
            .failed, run: "2026-02-1a2b3c4d", month: BillingMonth("2026-02")!, project: "cloud-infrastructure",
            isSample: false, total: nil, reason: reason, nextStep: "mend it.")
    }

    @Test func `changes a notice only where it stands`() {
        let quiet = notice(Self.calm)
        for hostile in HostileTexts.all {
            let told = notice(hostile)
            let reason = told.facts.last?.value ?? ""
            #expect(told.title == quiet.title && told.nextStep == quiet.nextStep)
            #expect(told.facts.dropLast() == quiet.facts.dropLast())
            #expect(told.text == quiet.text.replacing(Self.calm, with: reason), "\(hostile.prefix(60))")
            #expect(reason.count <= 500 && !reason.contains { $0.isNewline })
        }
    }

    @Test func `becomes no link, no mention and no member of a chat's message`() throws {
        let (slack, teams) = (try SlackMessage(notice(Self.calm)).encoded(), try TeamsCard(notice(Self.calm)).encoded())
        for hostile in HostileTexts.all {
            let told = notice(hostile)
            let reason = told.facts.last?.value ?? ""
            #expect(
                try JSONValue(parsing: SlackMessage(told).encoded()) == Self.renamed(JSONValue(parsing: slack), reason))
            let card = try JSONValue(parsing: TeamsCard(told).encoded())
            let escaped = reason.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
                .replacing("*", with: "\\*")
            #expect(try card == Self.renamed(JSONValue(parsing: teams), escaped))
        }
    }

    private static func renamed(_ value: JSONValue, _ reason: String) -> JSONValue {
        switch value {
        case .string(let text): .string(text.replacing(calm, with: reason))
        case .array(let elements): .array(elements.map { renamed($0, reason) })
        case .object(let members): .object(members.mapValues { renamed($0, reason) })
        default: value
        }
    }
}

import Evidence
import Foundation

/// What the person sent.
struct DecisionForm: Sendable {
    let token: String
    /// Nil when neither button was pressed.
    let decision: ApprovalPredicate.Decision?
    /// The characters of the digest that were typed.
    let digest: String
    let reviewed: [String]
    let comment: String
    /// Never shown again, never kept.
    let passphrase: String

    static let empty = DecisionForm(fields: [:])

    init(_ body: Data) {
        var fields: [String: [String]] = [:]
        for pair in String(decoding: body, as: UTF8.self).split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.decoded(sides[0])
            fields[name, default: []].append(sides.count > 1 ? Self.decoded(sides[1]) : "")
        }
        self.init(fields: fields)
    }

    private init(fields: [String: [String]]) {
        func text(_ name: String) -> String { fields[name]?.first.map(Self.trimmed) ?? "" }
        token = text("token")
        decision =
            switch text("decision") {
            case "approved": .approved
            case "rejected": .rejected
            default: nil
            }
        digest = text("digest").lowercased()
        reviewed = (fields["reviewed"] ?? []).map(Self.trimmed).filter { !$0.isEmpty }
        comment = text("comment")
        // A passphrase may begin or end with a space.
        passphrase = fields["passphrase"]?.first ?? ""
    }

    private static func trimmed(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        }
        return lines.map { String($0) }.joined(separator: " ")
    }

    private static func decoded(_ text: Substring) -> String {
        let spaced = text.replacing("+", with: " ")
        return spaced.removingPercentEncoding ?? String(spaced)
    }
}

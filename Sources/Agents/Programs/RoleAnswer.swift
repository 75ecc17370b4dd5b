import FinOps
import Foundation
import Grounding

/// A program's answer, held against the schema (docs/schemas/role-answer.schema.json) and against the facts. Members nobody knows
/// are ignored; anything else that does not fit refuses the whole.
struct RoleAnswer {
    /// One sentence, for the log.
    struct Unfit: Error, Hashable {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    let verdict: RoleReview.Verdict
    let findings: [RoleFinding]
    /// What wrote it, as the program says: model and version, the digest of its own prompt. Believed by nobody, kept.
    let provenance: [String: String]

    static let mostFindings = 50
    static let textLimitBytes = 600

    /// - Parameter print: Puts the facts into a text that was accepted.
    init(
        _ bytes: Data, verifier: GroundingVerifier?, print: (GroundedText) -> String
    ) throws {
        guard let document = try? JSONValue(parsing: bytes), document.members != nil else {
            throw Unfit("the answer is not one JSON object")
        }
        guard document["protocol"]?.text == RoleProgram.protocolName else {
            throw Unfit("`protocol` is not \(RoleProgram.protocolName)")
        }
        guard let verdict = document["verdict"]?.text.flatMap(RoleReview.Verdict.init(rawValue:)) else {
            throw Unfit("`verdict` is not pass, advise, fail or abstain")
        }
        guard let items = (document["findings"] ?? []).elements, items.count <= Self.mostFindings else {
            throw Unfit("`findings` is not a list of at most \(Self.mostFindings)")
        }
        self.verdict = verdict
        findings = try items.enumerated().map { try Self.finding($1, "findings[\($0)]", verifier, print) }
        provenance = try Self.provenance(document["provenance"])
    }

    private static func finding(
        _ item: JSONValue, _ place: String, _ verifier: GroundingVerifier?, _ print: (GroundedText) -> String
    ) throws -> RoleFinding {
        guard let id = item["id"]?.text, id.wholeMatch(of: /[A-Z][A-Z0-9-]{0,31}/) != nil else {
            throw Unfit("`\(place).id` is not a name such as QA-01")
        }
        guard let severity = item["severity"]?.text.flatMap(RoleFinding.Severity.init(rawValue:)) else {
            throw Unfit("`\(place).severity` is not note, advice or problem")
        }
        guard let text = item["text"]?.text, (1...textLimitBytes).contains(text.utf8.count) else {
            throw Unfit("`\(place).text` is not a text of at most \(textLimitBytes) bytes")
        }
        guard let facts = (item["facts"] ?? []).elements, facts.count <= 20 else {
            throw Unfit("`\(place).facts` is not a list of at most 20")
        }
        guard facts.allSatisfy({ $0.text.map { verifier?.sense(of: $0) != nil } ?? false }) else {
            throw Unfit("`\(place).facts` names a fact that is not in the book")
        }
        return RoleFinding(
            id: id, severity: severity, facts: facts.compactMap(\.text),
            text: try print(grounded(text, place, verifier)))
    }

    /// Without a book there is nothing a figure could stand for, and a placeholder is refused like a digit.
    private static func grounded(_ text: String, _ place: String, _ verifier: GroundingVerifier?) throws -> GroundedText
    {
        switch (verifier ?? .withoutFacts).verify(text) {
        case .accepted(let grounded): return grounded
        case .refused(let refusals):
            throw Unfit("`\(place).text` is refused: \(refusals.first?.reason ?? "no reason given")")
        }
    }

    private static func provenance(_ value: JSONValue?) throws -> [String: String] {
        guard let members = (value ?? [:]).members, members.count <= 10 else {
            throw Unfit("`provenance` is not an object of at most ten members")
        }
        return try members.reduce(into: [:]) { kept, member in
            guard let text = member.value.text, text.utf8.count <= 256, member.key.utf8.count <= 64 else {
                throw Unfit("`provenance` holds more than short texts")
            }
            kept[UntrustedText(member.key).text] = UntrustedText(text).text
        }
    }
}

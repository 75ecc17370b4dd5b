public import FinOps
import Foundation
public import Grounding

/// What a model is shown of a month: facts with what they mean, and names as quoted, untrusted strings. As little as the task
/// needs, and nothing of it is an instruction.
public struct MonthMaterial: Sendable {
    public let book: FactBook
    public let verifier: GroundingVerifier

    /// How many accounts, services and units are shown beyond those a question names.
    static let shownSubjects = 8

    public init(_ book: FactBook) {
        self.book = book
        verifier = GroundingVerifier(book)
    }

    /// - Parameter question: Subjects whose names share a word with it are shown as well.
    public func text(for question: String = "") -> String {
        let subjects = shown(question)
        let prefixes = Set(subjects.map(\.factPrefix))
        let facts = book.facts.compactMap { described($0, prefixes) }
        let material: JSONValue = [
            "month": .string(book.month.description), "currency": .string(book.currency.code),
            "is_preliminary": .bool(book.isPreliminary), "facts": .array(facts),
            "subjects": .array(
                subjects.map {
                    ["prefix": .string($0.factPrefix), "untrusted_name": .string(UntrustedText($0.name).text)]
                }),
        ]
        return String(decoding: material.bytes, as: UTF8.self)
    }

    private func shown(_ question: String) -> [FactSubject] {
        let asked = Self.words(question)
        return [book.services, book.accounts, book.organizationalUnits].flatMap { subjects in
            subjects.enumerated().filter { index, subject in
                index < Self.shownSubjects
                    || !asked.isDisjoint(with: Self.words(subject.name).union([subject.key.lowercased()]))
            }.map(\.element)
        }
    }

    /// Nil for what cannot be said in words, or belongs to a subject that is not shown.
    private func described(_ fact: Fact, _ prefixes: Set<String>) -> JSONValue? {
        guard let value = fact.value, let sense = verifier.sense(of: fact.id), sense.isSayable,
            sense.subject.map(prefixes.contains) ?? !Self.isTechnical(fact.id)
        else { return nil }
        var description: [String: JSONValue] = [
            "id": .string(fact.id), "label": .string(fact.label), "kind": .string(sense.kind.rawValue),
            "value": .string(value.description), "policies": .array(sense.policies.map { .string($0.rawValue) }),
        ]
        if [.change, .percentChange].contains(sense.kind) {
            description["direction"] = value.isZero ? "none" : value.isNegative ? "down" : "up"
        }
        if !sense.demandedWords.isEmpty {
            description["say"] = .array(sense.demandedWords.map { .string($0.joined(separator: " or ")) })
        }
        return .object(description)
    }

    /// Figures about the work itself; no reader asks a model about them.
    private static func isTechnical(_ id: String) -> Bool {
        ["query.", "layer.", "statement", "account."].contains(where: id.hasPrefix)
    }

    private static func words(_ text: String) -> Set<String> {
        Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init).filter { $0.count > 2 })
    }
}

import FinOps
import Foundation
import Grounding
import TestSupport
import Testing

@testable import LanguageModels

/// Names are hostile. Whatever they say, they reach a model as quoted strings of the material and nowhere else.
struct InjectionTests {
    private static let benign = "BENIGNNAME"

    private static func prompts(_ name: String) -> [Prompt] {
        var names = SampleBook.Names()
        names.ledgerAccount = name
        names.database = name
        names.unit = name
        let material = MonthMaterial(SampleBook.book(names: names))
        return [
            Prompts.paragraph(material, reader: "the CFO", question: "What did it cost?"),
            Prompts.answer(material, question: "What did the account cost?"),
        ]
    }

    @Test func `there are at least two hundred hostile names`() {
        #expect(Set(HostileTexts.all).count >= 200)
    }

    @Test func `a hostile name changes a prompt only inside its own quotation`() throws {
        let calm = Self.prompts(Self.benign)
        for hostile in HostileTexts.all {
            for (prompt, benign) in zip(Self.prompts(hostile), calm) {
                #expect(prompt.instruction == benign.instruction)
                #expect(prompt.turns == benign.turns)
                let (head, material) = try Self.parsed(prompt.material)
                let (calmHead, calmMaterial) = try Self.parsed(benign.material)
                #expect(head == calmHead)
                let quoted = UntrustedText(hostile).text
                #expect(quoted.utf8.count <= UntrustedText.nameLimitBytes + 3)
                #expect(material == Self.renamed(calmMaterial, to: quoted), "\(hostile.prefix(60))")
            }
        }
    }

    @Test func `a hostile question stays inside its quotation`() throws {
        let material = MonthMaterial(SampleBook.book())
        let before = Prompts.answer(material, question: Self.benign).turns[0].text
        let frame = before.replacing("\"\(Self.benign)\"", with: "")
        for hostile in HostileTexts.all {
            let text = Prompts.answer(material, question: hostile).turns[0].text
            let start = frame.endIndex
            #expect(text.hasPrefix(frame[..<start]))
            let quotation = try JSONValue(parsing: Data(text.dropFirst(frame.count).utf8))
            #expect(quotation.text == UntrustedText(hostile, limitBytes: 2000).text)
        }
    }

    /// A model that obeys a name is a model that lies: the verifier does not care why.
    @Test func `a model that repeats what a name says is refused`() {
        let verifier = GroundingVerifier(SampleBook.book())
        for hostile in HostileTexts.all where !hostile.isEmpty {
            if case .accepted(let text) = verifier.verify(hostile) {
                Issue.record("accepted: \(hostile) as \(text)")
            }
        }
    }

    private static func parsed(_ material: String) throws -> (String, JSONValue) {
        let parts = material.split(separator: "\n", maxSplits: 1)
        return (String(parts[0]), try JSONValue(parsing: Data(parts[1].utf8)))
    }

    private static func renamed(_ value: JSONValue, to name: String) -> JSONValue {
        switch value {
        case .string(benign): .string(name)
        case .array(let elements): .array(elements.map { renamed($0, to: name) })
        case .object(let members): .object(members.mapValues { renamed($0, to: name) })
        default: value
        }
    }
}

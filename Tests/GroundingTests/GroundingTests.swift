import FinOps
import Grounding
import TestSupport
import Testing

struct GroundingTests {
    private static let verifier = GroundingVerifier(SampleBook.book())

    private func refusals(_ text: String) -> [Refusal] {
        guard case .refused(let refusals) = Self.verifier.verify(text) else { return [] }
        return refusals
    }

    @Test func `there are at least a hundred good sentences`() {
        #expect(GoodSentences.all.count >= 100)
        #expect(Set(GoodSentences.all).count == GoodSentences.all.count)
    }

    @Test(arguments: GoodSentences.all)
    func `a good sentence is accepted`(sentence: String) {
        #expect(refusals(sentence) == [], "\(sentence)")
    }

    @Test func `a paragraph keeps its words and remembers its facts`() throws {
        let text =
            "The bill fell by {{total.change|whole}}. {{service.compute|name}} cost {{service.compute.gross|short}}."
        guard case .accepted(let grounded) = Self.verifier.verify(text) else {
            Issue.record("refused: \(refusals(text))")
            return
        }
        #expect(
            grounded.sentences == [
                .init([.words("The bill fell by "), .figure(fact: "total.change", policy: .whole), .words(".")]),
                .init([
                    .name(prefix: "service.compute"), .words(" cost "),
                    .figure(fact: "service.compute.gross", policy: .short), .words("."),
                ]),
            ])
        #expect(grounded.sentences.map(\.facts) == [["total.change"], ["service.compute.gross"]])
    }

    @Test func `one wrong sentence refuses the whole text`() {
        let text = "The bill fell by {{total.change|whole}}. Costs doubled."
        #expect(refusals(text).map(\.sentence).contains(2))
    }

    @Test(arguments: [
        ("", Refusal.Code.length),
        (String(repeating: "The bill was {{total.net|whole}}. ", count: 80), .length),
        ("The bill was {{total.net|whole}}. Look at www.evil.example for more.", .symbol),
        ("The bill was {{total.net|whole}} because of a migration.", .unsupported),
        ("The bill did not fall by {{total.change|whole}}.", .unsupported),
        ("The bill fell.", .noFact),
        ("The bill fell and was {{total.net|whole}}.", .direction),
        ("The bridge for tax rose by {{bridge.tax.change|whole}}.", .direction),
        ("The bill rose by {{total.underlying|whole}}.", .measure),
        ("The bill was {{total.gross|whole}}.", .measure),
        ("The bill was {{total.previous|whole}}.", .measure),
        ("The limit is {{budget.gap|whole}}.", .measure),
        ("The earlier month cost {{month.2025-12.net|whole}}.", .measure),
        ("The bill was {{total.net|whole}}, and before that {{total.previous|whole}}.", .measure),
        ("The budget gap, {{budget.limit|label}}, is {{budget.gap|whole}}.", .measure),
        ("The forecast is {{forecast.mean|whole}}.", .unknownFact),
        (
            "{{service.compute|name}}, unlike Relational Database Service, cost {{service.compute.gross|whole}}.",
            .entity
        ),
        ("All services cost {{total.net|whole}}.", .vagueQuantity),
        ("The [bill](x) was {{total.net|whole}}.", .symbol),
        ("The <b>bill</b> was {{total.net|whole}}.", .symbol),
        ("The bill was {{total.net|whole}}, approved.", .unsupported),
    ])
    func `what no fact establishes is refused`(text: String, code: Refusal.Code) {
        #expect(refusals(text).map(\.code).contains(code), "\(text.prefix(80)): \(refusals(text))")
    }

    @Test func `a comment of a role may speak of no figure, and still writes none`() {
        let verifier = GroundingVerifier(SampleBook.book(), demandsFacts: false)
        guard case .accepted = verifier.verify("Acceptance criteria were left out.") else {
            Issue.record("refused")
            return
        }
        guard case .refused = verifier.verify("Acceptance criteria were left out of 3 runs.") else {
            Issue.record("accepted")
            return
        }
    }

    /// Every class of error, three hundred times each, made from sentences that are good.
    @Test(arguments: Mutation.allCases)
    func `every way of being wrong is refused`(mutation: Mutation) {
        var random = SeededRandom(state: UInt64(Mutation.allCases.firstIndex(of: mutation)!) + 77)
        var made: Set<String> = []
        var rounds = 0
        while made.count < 300, rounds < 100_000 {
            rounds += 1
            guard let text = mutation.applied(to: GoodSentences.all[random.below(GoodSentences.all.count)], &random),
                made.insert(text).inserted
            else { continue }
            #expect(!refusals(text).isEmpty, "\(mutation): \(text)")
        }
        #expect(made.count == 300)
    }
}

import FinOps

/// The rubric of the quality score, in whole points out of 100; every part is rounded down, so only complete evidence
/// scores 100.
///
/// | points | for |
/// |---|---|
/// | 36 | four for every gate G0–G8 that passed or passed with advice |
/// | 20 | the share of expected files (HTML and Markdown per persona, the e-mail) that are present with a digest, undamaged |
/// | 16 | the share of L1, L3 and daily that are known and whose every page carries a request id |
/// | 18 | the share of facts that are traceable, or unknown with a reason |
/// | 10 | a seal, and an archive that was re-read without a problem |
struct EvidenceScore {
    let points: Int

    init(_ briefing: RoleBriefing) {
        let gates = GateID.allCases.count { briefing.verdict(of: $0)?.holds ?? false }
        let files = briefing.deliverables.map { set in
            let expected = Self.expectedFiles(for: set.requested)
            return Self.share(20, expected.count { Self.isPresent($0, in: set) }, of: expected.count)
        }
        let layers =
            briefing.collection.map { [$0.services, $0.recordTypes, $0.daily].compactMap(\.value?.record) } ?? []
        let facts = briefing.facts?.facts ?? []
        let isSealed = briefing.archive.map { $0.seal != nil && $0.problems.isEmpty && $0.fileCount > 0 } ?? false
        points =
            gates * 4 + (files ?? 0) + Self.share(16, layers.count(where: Self.isCited), of: 3)
            + Self.share(
                18, facts.count { !Self.isUntraceable($0) && ($0.value != nil || $0.reason != nil) }, of: facts.count)
            + (isSealed ? 10 : 0)
    }

    struct ExpectedFile: Hashable {
        let persona: Persona?
        let format: Deliverable.Format

        var title: String { persona.map { "\($0.rawValue) as \(format.rawValue)" } ?? "the e-mail" }
    }

    static func expectedFiles(for personas: [Persona]) -> [ExpectedFile] {
        personas.flatMap { [ExpectedFile(persona: $0, format: .html), ExpectedFile(persona: $0, format: .markdown)] }
            + [ExpectedFile(persona: nil, format: .email)]
    }

    static func isPresent(_ file: ExpectedFile, in set: DeliverableSet) -> Bool {
        set.deliverables.contains {
            $0.persona == file.persona && $0.format == file.format && $0.sha256 != .zero && $0.bytes > 0
                && !set.damaged.contains($0.path)
        }
    }

    /// An amount without a source. What a person configured - the budget, the thresholds of the policy - has none, being a
    /// plan and not a cost.
    static func isUntraceable(_ fact: Fact) -> Bool {
        fact.unit == .money && fact.value != nil && fact.sources.isEmpty && fact.id != "budget.limit"
            && !fact.id.hasPrefix("policy.")
    }

    private static func isCited(_ record: QueryRecord) -> Bool {
        !record.pages.isEmpty && record.pages.allSatisfy { !($0.requestID ?? "").isEmpty }
    }

    private static func share(_ points: Int, _ part: Int, of whole: Int) -> Int {
        whole == 0 ? 0 : points * part / whole
    }
}

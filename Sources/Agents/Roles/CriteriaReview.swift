import FinOps

/// Reads acceptance criteria as a product owner would, by what INVEST asks that words alone can show: independent of one
/// another, small, and testable, which means that a criterion names something to be observed and no matter of taste.
struct CriteriaReview {
    let criteria: [String]

    static let longestInWords = 40
    static let vagueWords: Set<String> = [
        "adequate", "appropriate", "asap", "beautiful", "easy", "etc", "fast", "fine", "good", "intuitive", "maybe",
        "nice",
        "optimal", "possibly", "properly", "quickly", "reasonable", "should", "soon", "suitable", "tbd", "todo",
        "useful",
        "user-friendly", "well",
    ]
    static let observableWords: Set<String> = [
        "all", "approved", "at", "before", "below", "contains", "each", "equal", "equals", "every", "exists", "exceeds",
        "fails", "listed", "match", "matches", "must", "names", "never", "no", "only", "over", "passes", "passed",
        "shows",
        "signed", "sealed", "states", "sum", "sums", "under", "verifies", "within", "written",
    ]

    var findings: [RoleFinding] {
        guard criteria.contains(where: { !words(of: $0).isEmpty }) else {
            return [
                RoleFinding(
                    id: "PO-01", severity: .problem,
                    text: "There are no acceptance criteria: nobody said what must be true for the month to be done.")
            ]
        }
        var findings: [RoleFinding] = []
        var seen: Set<[String]> = []
        for (index, criterion) in criteria.enumerated() {
            let words = words(of: criterion)
            let name = "Criterion \(index + 1)"
            if let complaint = untestable(words) {
                findings.append(
                    RoleFinding(id: "PO-02", severity: .problem, text: "\(name) cannot be tested: \(complaint)."))
            }
            if words.count > Self.longestInWords {
                findings.append(RoleFinding(id: "PO-03", severity: .advice, text: "\(name) is not small; split it."))
            }
            if !seen.insert(words).inserted || refersToAnother(words) {
                findings.append(
                    RoleFinding(
                        id: "PO-04", severity: .advice,
                        text: "\(name) does not stand alone: it repeats or needs another."))
            }
        }
        return findings
    }

    private func untestable(_ words: [String]) -> String? {
        if words.count < 3 { return "it says too little" }
        if let vague = words.first(where: Self.vagueWords.contains) { return "\"\(vague)\" is a matter of taste" }
        let isObservable = words.contains { Self.observableWords.contains($0) || $0.contains(where: \.isNumber) }
        return isObservable ? nil : "it names nothing that could be observed"
    }

    private func refersToAnother(_ words: [String]) -> Bool {
        zip(words, words.dropFirst()).contains { first, second in
            (first == "depends" && second == "on")
                || (["see", "criterion"].contains(first) && second.allSatisfy(\.isNumber))
                || (first == "see" && second == "above")
        }
    }

    private func words(of criterion: String) -> [String] {
        criterion.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "-") }
            .filter { $0.contains { $0.isLetter || $0.isNumber } }.map(String.init)
    }
}

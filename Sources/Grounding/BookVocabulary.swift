import FinOps

/// What a text about a month may refer to: its facts with what they mean, and the names of its subjects.
struct BookVocabulary: Sendable {
    let facts: [String: Fact]
    let senses: [String: FactSense]
    let subjects: [String: FactSubject]
    let names: SubjectNames

    init(_ book: FactBook) {
        let all = book.accounts + book.services + book.organizationalUnits
        let facts = Dictionary(book.facts.map { ($0.id, $0) }) { first, _ in first }
        subjects = Dictionary(all.map { ($0.factPrefix, $0) }) { first, _ in first }
        names = SubjectNames(all)
        self.facts = facts
        let prefixes = Set(subjects.keys)
        senses = facts.mapValues { fact in
            let stem = fact.id.split(separator: ".").dropLast().joined(separator: ".")
            return FactSense(fact, subjects: prefixes, hasNetSibling: facts[stem + ".net"] != nil)
        }
    }
}

/// Names of accounts, services and units, to notice one that is written out instead of asked for.
struct SubjectNames: Sendable {
    private let names: [(words: [String], prefix: String)]

    init(_ subjects: [FactSubject]) {
        names = subjects.flatMap { subject in
            let words = Self.words(subject.name)
            let short = ["amazon", "aws"].contains(words.first) ? Array(words.dropFirst()) : []
            // A name of one common word would make that word unsayable.
            return [words, short].filter { $0.count > 1 || ($0.first?.count ?? 0) > 8 }.map { ($0, subject.factPrefix) }
        }
    }

    /// The prefix of a subject whose name stands among the words.
    func written(in words: [String?]) -> String? {
        names.first { name in
            guard name.words.count <= words.count else { return false }
            return (0...(words.count - name.words.count)).contains { start in
                zip(name.words, words[start...]).allSatisfy { $0 == $1 }
            }
        }?.prefix
    }

    private static func words(_ name: String) -> [String] {
        name.lowercased().split { !$0.isLetter }.map(String.init)
    }
}

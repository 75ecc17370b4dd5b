import FinOps
import Testing

@testable import Reports

struct DeterminismTests {
    @Test func `two runs give the same bytes, whatever their request ids`() throws {
        let one = SampleMonth(accountCount: 30, requestID: "first-run")
        let other = SampleMonth(accountCount: 30, requestID: "second-run")
        #expect(try JSONText.document(one.book) == JSONText.document(other.book))
        #expect(one.files() == other.files())
    }

    @Test func `the order of the collected lines does not matter`() throws {
        let reversed = SampleMonth(change: { parts in
            for path in [\SampleMonth.Parts.services, \.recordTypes, \.daily] {
                let ledger = parts[keyPath: path].value!
                parts[keyPath: path] = .known(
                    CostLedger(
                        query: ledger.query, currency: ledger.currency, lines: ledger.lines.reversed(),
                        estimatedPeriods: [],
                        record: ledger.record))
            }
        })
        #expect(try JSONText.document(reversed.book) == JSONText.document(SampleMonth().book))
    }

    @Test func `accounts that cost the same stand in the order of their ids`() {
        let subjects = ["b", "a", "c"].map { FactSubject(factPrefix: $0, key: $0, name: $0, path: nil) }
        #expect(Movers.ranked(subjects) { _ in "1" }.map(\.key) == ["a", "b", "c"])
    }

    @Test func `a book survives the disk`() throws {
        let book = SampleMonth().book
        #expect(try JSONText.decode(FactBook.self, from: JSONText.document(book)) == book)
    }
}

import Exports
import FinOps
import Reports
import Testing

@testable import Dashboard

/// Incidents, lights, commitments and savings: the same facts as on the pages, where a persona asks for them.
@Suite struct `What stands out and what is planned` {
    @Test(arguments: [
        (Persona.executive, ["lights"]), (.cfo, ["lights", "commitments", "expiries"]), (.cto, ["savings"]),
        (.architect, ["advice"]), (.sre, ["incidents"]),
    ])
    func `each persona is shown what it asks for`(persona: Persona, tables: [String]) throws {
        let shown = try Shown(SampleFigures.full) { $0.persona = persona }
        #expect(Set(shown.tables).isSuperset(of: tables))
    }

    @Test func `the three dear days are one incident, with what was expected`() throws {
        let shown = try Shown(SampleFigures.full) { $0.persona = .sre }
        let expected = try #require(try shown.value("incidents", SampleFigures.ec2, "expected"))
        let actual = try #require(try shown.value("incidents", SampleFigures.ec2, "actual"))
        #expect(try shown.value("incidents", SampleFigures.ec2, "impact") == actual - expected)
        #expect(actual - expected > "150")
    }

    @Test func `every amount is the fact that the report prints`() throws {
        let facts = FactIndex(SampleFigures.full.book)
        for persona in Persona.allCases {
            for table in try Shown(SampleFigures.full, { $0.persona = persona }).document.tables {
                for case .figure(let value, _, let fact?) in table.rows.flatMap(\.cells) {
                    #expect(facts.value(fact) == value, "\(table.name): \(fact)")
                }
            }
        }
    }

    @Test func `a budget in another currency does not stand in the column of this one`() throws {
        let shown = try Shown(SampleFigures.full) { $0.persona = .executive }
        let table = try shown.table("lights")
        let column = try #require(table.columns.firstIndex { $0.key == "limit" })
        let abroad = table.rows.filter { $0.cells[0] == .text("Workloads / Prod") }.map { $0.cells[column] }
        #expect(!abroad.isEmpty && abroad.allSatisfy { $0 == .unknown("it is in NZD", printed: "NZD") })
    }

    @Test func `what was not asked is unknown, and a note says why`() throws {
        let notes = try Shown { $0.persona = .architect }.document.notes
        #expect(notes.contains { $0.hasPrefix("Unknown:") && $0.contains("AWS was not asked for its advice") })
        #expect(Set(notes).count == notes.count)
    }

    @Test func `of a part of the month none of it is known, and none is shown`() throws {
        let shown = try Shown(SampleFigures.full) {
            $0.persona = .cfo
            $0.services = ["EC2"]
        }
        #expect(Set(shown.tables).isDisjoint(with: ["lights", "commitments", "expiries", "accuracy"]))
        #expect(!shown.document.notes.contains { $0.hasPrefix("Unknown:") })
    }

    @Test func `usage and list prices are reasons of their own where quantities were asked for`() throws {
        let shown = try Shown(SampleFigures.full) { $0.persona = .cfo }
        let facts = FactIndex(SampleFigures.full.book)
        #expect(try shown.value("why", "Usage", "change") == facts.value("why.usage"))
        #expect(try shown.value("why", "List prices", "change") == facts.value("why.price"))
        #expect(try #require(facts.value("why.price")) > .zero)
    }

    @Test func `the reasons stand in the reporting currency as well, with one for the rate`() throws {
        let shown = try Shown(SampleFigures.full) { $0.persona = .cfo }
        let facts = FactIndex(SampleFigures.full.book)
        #expect(try shown.value("why", "Exchange rate", "change_display") == facts.value("why.currency_display"))
        #expect(try shown.value("why", "Change of net cost", "change_display") == facts.value("why.total_display"))
    }

    @Test(arguments: [(1, "accounts", "1 account"), (2, "accounts", "2 accounts"), (1, "categories", "1 category")])
    func `one is not many`(count: Int, noun: String, text: String) {
        #expect(Counted.text(count, noun) == text)
    }
}

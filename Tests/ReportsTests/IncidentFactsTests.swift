import Analysis
import FinOps
import Testing

@testable import Reports

@Suite struct `Incidents of the month` {
    private static let spiked = "EC2 - Other"
    private static let trouble = Trouble(.throttled, code: "Slow", message: "later", operation: "ce:GetCostAndUsage")

    private func incidents(_ sample: SampleMonth) throws -> (FactIndex, [IncidentOutline]) {
        (FactIndex(sample.book), try #require(sample.book.analysis?.incidents))
    }

    @Test func `the planted three days are found, with their service and the account behind it`() throws {
        let (facts, incidents) = try incidents(SampleMonth())
        let incident = try #require(
            incidents.first { $0.causes.contains { $0.service?.key == Self.spiked } }, "\(incidents)")
        #expect(incident.firstDay <= CalendarDay("2026-02-17")! && incident.lastDay >= CalendarDay("2026-02-19")!)
        #expect(incident.severity == "SPIKE" && incident.detectedBy == .ours)
        #expect(incident.causes.first { $0.service?.key == Self.spiked }?.account?.key == SampleMonth.id(1))
        let prefix = incident.factPrefix
        let (expected, actual) = (facts.value("\(prefix).expected")!, facts.value("\(prefix).actual")!)
        #expect(facts.value("\(prefix).impact") == actual - expected)
        #expect(facts.value("incidents.count") == ExactDecimal(incidents.count))
    }

    @Test func `whom to ask is the account, and its owner where a tag names one`() throws {
        func page(owner: String?) throws -> String {
            let files = SampleMonth(personas: [.sre], owner: owner).files()
            return VisibleText.of(try #require(files.first { $0.path.hasSuffix("sre.md") }))
        }
        #expect(try page(owner: "Ada Example").contains(": Ada Example |"))
        let unnamed = try page(owner: nil)
        #expect(unnamed.contains("Ask the owner of") && !unnamed.contains("Ada Example"))
    }

    @Test func `each incident has its finder, and those that last are open`() throws {
        let (facts, incidents) = try incidents(SampleMonth(insights: SampleInsights.insights))
        for finder in IncidentOutline.DetectedBy.allCases {
            #expect(
                facts.value("incidents.detected_by.\(finder.rawValue.lowercased())")
                    == ExactDecimal(incidents.count { $0.detectedBy == finder }))
        }
        #expect(incidents.contains { $0.detectedBy == .both })
        #expect(facts.value("incidents.open") == .zero)
        let (early, running) = try self.incidents(SampleMonth(today: CalendarDay("2026-02-20")!))
        #expect(running.contains { $0.lastDay == CalendarDay("2026-02-17")! })
        #expect(try #require(early.value("incidents.open")) > .zero)
    }

    @Test func `the band of a usual day lies around what was expected, and the planted days leave theirs`() throws {
        let facts = FactIndex(SampleMonth().book)
        let days = DailyFacts.days(BillingMonth("2026-02")!).filter { facts.contains("day.\($0).usual_low") }
        // Of 59 days the first 35 are history.
        #expect(days.count == 24)
        for day in days {
            let low = try #require(facts.value("day.\(day).usual_low"))
            let (expected, high) = (facts.value("day.\(day).expected")!, facts.value("day.\(day).usual_high")!)
            #expect(low < expected && expected < high)
        }
        // Nothing is judged of a month whose days are history only.
        let few = FactIndex(SampleMonth(change: { $0.keepDays(from: "2026-01-25") }).book)
        #expect(!few.contains("day.2026-02-28.usual_low"))
    }

    @Test func `under thirty-five days confidence is low, and under ten nothing is claimed`() throws {
        let (_, few) = try incidents(
            SampleMonth(today: CalendarDay("2026-02-22")!, change: { $0.keepDays(from: "2026-01-25") }))
        #expect(!few.isEmpty && few.allSatisfy(\.hasLowConfidence))
        let (facts, none) = try incidents(
            SampleMonth(today: CalendarDay("2026-02-22")!, change: { $0.keepDays(from: "2026-02-12") }))
        #expect(none.isEmpty && facts.value("incidents.count") == nil)
        #expect(facts["incidents.count"].reason == "fewer than 10 days are known that are no longer restated")
    }

    @Test func `days that AWS still restates are not judged`() throws {
        let days = try #require(SampleMonth(today: CalendarDay("2026-02-19")!).dailyServices)
        #expect(days.lastDay == CalendarDay("2026-02-16"))
        #expect(try #require(SampleMonth().dailyServices).lastDay == CalendarDay("2026-02-28"))
        let (_, incidents) = try incidents(SampleMonth(today: CalendarDay("2026-02-19")!))
        #expect(!incidents.contains { $0.lastDay > CalendarDay("2026-02-16")! })
    }

    @Test func `without days the number of incidents is unknown, not zero`() throws {
        let (facts, none) = try incidents(SampleMonth(change: { $0.daily = .unknown(Self.trouble) }))
        #expect(none.isEmpty)
        #expect(facts["incidents.count"].reason?.contains("Slow") == true)
    }

    @Test func `what is under the floor is no incident`() throws {
        let policy = RunPolicy(analysis: AnalysisPolicy(newsFloorPerDay: "1000000"))
        let (facts, none) = try incidents(SampleMonth(policy: policy))
        #expect(none.isEmpty && facts.value("incidents.count") == .zero)
    }

    @Test func `fees by the month are no pattern to break`() throws {
        let services = try #require(SampleMonth().dailyServices).amounts.keys
        #expect(!services.contains("Tax") && !services.contains("AWS Support (Business)"))
    }
}

extension SampleMonth.Parts {
    fileprivate mutating func keepDays(from first: String) {
        let ledger = daily.value!
        let day = CalendarDay(first)!
        daily = .known(
            CostLedger(
                query: CostQuery(
                    id: "daily", firstDay: day, endDay: ledger.query.endDay, granularity: .daily,
                    groupBy: ledger.query.groupBy),
                currency: .usd, lines: ledger.lines.filter { $0.day >= day }, estimatedPeriods: [],
                record: ledger.record))
    }
}

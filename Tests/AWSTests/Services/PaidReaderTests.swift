import FinOps
import Foundation
import Testing

@testable import AWS

@Suite("What was paid for once") struct PaidReaderTests {
    private static let query = CostQuery(
        id: "L1", firstDay: CalendarDay("2026-02-01")!, endDay: CalendarDay("2026-03-01")!, granularity: .monthly,
        groupBy: [.account, .service])
    private static let settled = "2026-03-08T00:00:00Z"
    private static let rds = CostJSON.group(["111111111111", "Amazon RDS"], "10")
    private static let ec2 = CostJSON.group(["111111111111", "Amazon EC2"], "5")

    private let cache = MemoryCache()

    /// One run of the program: a memo of its own, the cache of all.
    private func run(
        _ pages: [ScriptedWire.Step], at time: String = settled, memo: any AnswerMemo = MemoryMemo(),
        endpoint: String = "http://one.example", _ query: CostQuery = query
    ) async throws -> (ledger: CostLedger, sent: Int, costUSD: ExactDecimal) {
        let wire = ScriptedWire([.identity] + pages)
        let services = try services(
            wire, environment: staticKeys.merging(["AWS_ENDPOINT_URL": endpoint]) { $1 }, clock: ManualClock(time),
            memo: memo, cache: cache)
        let ledger = try await services.costs.ledger(for: query)
        // One of them asked who we are.
        return (ledger, wire.requests.count - 1, services.meter.usage().costUSD)
    }

    private func page(_ groups: [String], estimated: Bool = false, token: String? = nil) -> ScriptedWire.Step {
        .json(CostJSON.page([CostJSON.february(groups, estimated: estimated)], token: token).body)
    }

    @Test func `a closed month is never paid for again, and the evidence cites the original request`() async throws {
        let first = try await run([page([Self.rds], token: "one"), page([Self.ec2])])
        #expect(first.sent == 2 && first.costUSD == "0.02")
        #expect(first.ledger.record.pages.allSatisfy { !$0.isFromCache })

        let second = try await run([.refusal("AccessDeniedException")], at: "2029-01-01T00:00:00Z")
        #expect(second.sent == 0 && second.costUSD == .zero)
        #expect(second.ledger.lines == first.ledger.lines)
        #expect(second.ledger.record.pages.map(\.isFromCache) == [true, true])
        #expect(second.ledger.record.pages.map(\.requestID) == ["request-1", "request-1"])
        #expect(second.ledger.record.pages.map(\.receivedAt) == first.ledger.record.pages.map(\.receivedAt))
        #expect(second.ledger.record.parametersSHA256 == first.ledger.record.parametersSHA256)
    }

    @Test(arguments: [("2026-03-07T23:59:59Z", false), (settled, true)])
    func `an answer is kept for eight hours while anything in it is estimated or not yet settled`(
        time: String, estimated: Bool
    ) async throws {
        _ = try await run([page([Self.rds], estimated: estimated)], at: time)
        let received = Timestamp(time)!
        #expect(cache.kept.map(\.keptUntil) == [received.adding(seconds: 8 * 3600)])
        let early = received.adding(seconds: 8 * 3600 - 1).description
        #expect(try await run([page([Self.ec2])], at: early).sent == 0)
        let late = try await run([page([Self.ec2])], at: received.adding(seconds: 8 * 3600).description)
        #expect(late.sent == 1)
        #expect(late.ledger.lines.map(\.keys) == [["111111111111", "Amazon EC2"]])
    }

    @Test func `a period that does not say whether it is estimated is not closed`() async throws {
        let text =
            #"{"ResultsByTime":[{"TimePeriod":{"Start":"2026-02-01","End":"2026-03-01"},"Groups":["#
            + Self.rds + "]}]}"
        _ = try await run([.json(text)])
        #expect(cache.kept.first?.keptUntil != nil)
    }

    @Test func `whoever wants everything anew pays anew, and what comes replaces what was kept`() async throws {
        _ = try await run([page([Self.rds])])
        let anew = try await run([page([Self.ec2])], memo: RefreshingMemo())
        #expect(anew.sent == 1)
        let after = try await run([.refusal("AccessDeniedException")])
        #expect(after.ledger.lines == anew.ledger.lines)
    }

    @Test func `another endpoint, another question, another account: each has its own answer`() async throws {
        _ = try await run([page([Self.rds])])
        #expect(try await run([page([Self.ec2])], endpoint: "http://two.example").sent == 1)
        let narrower = CostQuery(
            id: "L1", firstDay: Self.query.firstDay, endDay: Self.query.endDay, granularity: .monthly,
            groupBy: [.account, .service], onlyAccount: "111111111111")
        #expect(try await run([page([Self.ec2])], narrower).sent == 1)
        #expect(cache.kept.count == 3)
        #expect(cache.kept.allSatisfy { $0.question.account == "111122223333" && $0.question.partition == "aws" })
    }

    @Test func `a listing that was cut short is not kept`() async throws {
        await #expect(throws: Trouble.self) {
            try await run([page([Self.rds], token: "one"), .refusal("AccessDeniedException")])
        }
        #expect(cache.kept.isEmpty)
    }

    @Test func `what was kept but can no longer be read is asked again`() async throws {
        _ = try await run([page([Self.rds])])
        let kept = try #require(cache.kept.first)
        let damaged = RememberedAnswer(
            operation: "ce:GetCostAndUsage", requestID: "r", receivedAt: Timestamp(Self.settled)!, body: Data("{".utf8))
        cache.keep(
            CachedListing(
                question: kept.question, pages: [.init(body: kept.pages[0].body, answer: damaged)], validity: .forGood))
        #expect(try await run([page([Self.rds])]).sent == 1)
    }

    @Test func `a forecast is paid for once on the day it was asked on`() async throws {
        func forecast(_ time: String) async throws -> Int {
            let wire = ScriptedWire([
                .identity,
                .json(
                    #"{"Total":{"Amount":"9","Unit":"USD"},"ForecastResultsByTime":[{"MeanValue":"9","#
                        + #""PredictionIntervalLowerBound":"8","PredictionIntervalUpperBound":"10"}]}"#),
            ])
            let services = try services(wire, clock: ManualClock(time), cache: cache)
            _ = try await services.forecasts.forecast(
                from: CalendarDay("2026-03-08")!, to: CalendarDay("2026-04-01")!)
            return wire.requests.count - 1
        }
        #expect(try await forecast("2026-03-08T01:00:00Z") == 1)
        #expect(try await forecast("2026-03-08T23:59:59Z") == 0)
        #expect(cache.kept.map(\.keptUntil) == [Timestamp("2026-03-09T00:00:00Z")!])
        #expect(try await forecast("2026-03-09T00:00:00Z") == 1)
    }
}

import FinOps
import Foundation
import Testing

@testable import AWS

@Suite struct CostExplorerCostsTests {
    private static let query = CostQuery(
        id: "L1", firstDay: CalendarDay("2026-02-01")!, endDay: CalendarDay("2026-03-01")!, granularity: .monthly,
        groupBy: [.account, .service])

    private struct Outcome {
        let ledger: CostLedger?
        let trouble: Trouble?
        let bodies: [String]
        let usage: APIUsage
    }

    private func ask(
        _ answers: [LoopbackAnswer], _ query: CostQuery = query, memo: any AnswerMemo = MemoryMemo()
    ) async throws -> Outcome {
        let script = CostExplorerScript(answers)
        return try await withLoopbackServer(answer: { await script.answer($0, $1) }) { url in
            try await withHTTP { http in
                let services = try services(
                    http, environment: staticKeys.merging(["AWS_ENDPOINT_URL": url]) { $1 }, memo: memo)
                var (ledger, trouble): (CostLedger?, Trouble?)
                do { ledger = try await services.costs.ledger(for: query) } catch let caught as Trouble {
                    trouble = caught
                }
                return Outcome(
                    ledger: ledger, trouble: trouble, bodies: await script.bodies, usage: services.meter.usage())
            }
        }
    }

    private let rds = CostJSON.group(["111111111111", "Amazon RDS"], "10.0000000001")
    private let ec2 = CostJSON.group(["111111111111", "Amazon EC2"], "-0.5")

    @Test func `one question asks for all metrics`() async throws {
        let outcome = try await ask([CostJSON.page([CostJSON.february([rds])])])
        #expect(
            outcome.bodies == [
                #"{"Granularity":"MONTHLY","GroupBy":[{"Key":"LINKED_ACCOUNT","Type":"DIMENSION"},"#
                    + #"{"Key":"SERVICE","Type":"DIMENSION"}],"Metrics":["UnblendedCost","NetUnblendedCost","#
                    + #""AmortizedCost","NetAmortizedCost","BlendedCost"],"#
                    + #""TimePeriod":{"End":"2026-03-01","Start":"2026-02-01"}}"#
            ])
        #expect(outcome.ledger?.lines.first?.amounts.known.count == 5)
    }

    @Test func `a period split over pages is put together, and an empty page may carry a token`() async throws {
        let outcome = try await ask([
            CostJSON.page([CostJSON.february([rds])], token: "one"), CostJSON.page([], token: "two"),
            CostJSON.page([CostJSON.february([ec2], estimated: true)]),
        ])
        let ledger = try #require(outcome.ledger)
        #expect(ledger.lines.map(\.keys) == [["111111111111", "Amazon EC2"], ["111111111111", "Amazon RDS"]])
        #expect(ledger.total(.netAmortized, in: BillingMonth("2026-02")!) == ExactDecimal("9.5000000001"))
        #expect(ledger.estimatedPeriods == [CalendarDay("2026-02-01")!])
        #expect(ledger.record.pages.count == 3 && ledger.record.rows == 2)
        #expect(ledger.record.parameters == outcome.bodies[0])
        #expect(ledger.record.parametersSHA256 == TestHashing().sha256(Data(outcome.bodies[0].utf8)))
        #expect(outcome.usage.costUSD == ExactDecimal("0.03"))
        // The token comes back inside the identical question.
        #expect(outcome.bodies[1].replacing(#""NextPageToken":"one","#, with: "") == outcome.bodies[0])
    }

    @Test func `the same page twice does not double the month`() async throws {
        let outcome = try await ask([
            CostJSON.page([CostJSON.february([rds])], token: "one"), CostJSON.page([CostJSON.february([rds])]),
        ])
        #expect(outcome.ledger?.lines.count == 1)
    }

    @Test(arguments: [nil, "", "null"])
    func `null, empty and missing tokens end a listing`(token: String?) async throws {
        let text = token == "null" ? "null" : token.map { "\"\($0)\"" }
        let next = text.map { #","NextPageToken":\#($0)"# } ?? ""
        let page = LoopbackAnswer(body: #"{"ResultsByTime":[\#(CostJSON.february([rds]))]\#(next)}"#)
        #expect(try await ask([page]).bodies.count == 1)
    }

    @Test(arguments: [
        ([CostJSON.group(["1", "A"], "1"), CostJSON.group(["1", "A"], "2")], "ContradictingLines"),
        ([CostJSON.group(["1", "A"], "1", leavingOut: .blended)], "MissingMetric"),
        ([CostJSON.group(["1", "A"], "1"), CostJSON.group(["1", "B"], "1", unit: "NZD")], "MixedCurrencies"),
        ([CostJSON.group(["1", "A"], "1", unit: "N/A")], "MixedCurrencies"),
        ([CostJSON.group(["1"], "1")], "WrongKeys"), ([CostJSON.group(["1", "A"], "1,5")], "UnreadableAmount"),
    ])
    func `an answer that contradicts itself is no ledger`(groups: [String], code: String) async throws {
        let outcome = try await ask([CostJSON.page([CostJSON.february(groups)])])
        #expect(outcome.trouble?.kind == .inconsistent)
        #expect(outcome.trouble?.code == code)
        #expect(outcome.trouble?.requestID == "loopback")
    }

    @Test func `a period left out or not asked for is no ledger`() async throws {
        #expect(try await ask([CostJSON.page([])]).trouble?.code == "MissingPeriod")
        let stranger = CostJSON.period("2026-01-01", "2026-02-01", [rds])
        #expect(try await ask([CostJSON.page([stranger])]).trouble?.code == "UnexpectedPeriod")
    }

    @Test func `no line at all is no data, not zero`() async throws {
        #expect(try await ask([CostJSON.page([CostJSON.february([])])]).trouble?.kind == .noData)
    }

    @Test func `a token that comes again is trouble, not an endless bill`() async throws {
        let outcome = try await ask([CostJSON.page([CostJSON.february([rds])], token: "same")])
        #expect(outcome.trouble?.code == "RepeatedToken")
        #expect(outcome.bodies.count == 2)
    }

    @Test func `a question without groups takes the totals`() async throws {
        let query = CostQuery(
            id: "control", firstDay: CalendarDay("2026-01-01")!, endDay: CalendarDay("2026-03-01")!,
            granularity: .monthly, groupBy: [])
        func total(_ start: String, _ end: String, _ amount: String) -> String {
            #"{"TimePeriod":{"Start":"\#(start)","End":"\#(end)"},"Total":{\#(CostJSON.amounts(amount))},"Estimated":false}"#
        }
        let outcome = try await ask(
            [CostJSON.page([total("2026-01-01", "2026-02-01", "1"), total("2026-02-01", "2026-03-01", "2")])], query)
        #expect(outcome.ledger?.lines.map { $0.amount(.unblended) } == ["1", "2"])
        #expect(outcome.ledger?.estimatedPeriods == [])
    }

    @Test func `filters join under one root`() {
        func filter(_ types: [String], _ account: String?) -> String {
            let query = CostQuery(
                id: "x", firstDay: Self.query.firstDay, endDay: Self.query.endDay, granularity: .daily, groupBy: [],
                excludedRecordTypes: types, onlyAccount: account)
            let text = String(decoding: CostExplorerCosts.body(query).data, as: UTF8.self)
            guard let start = text.range(of: #""Filter":"#), let end = text.range(of: #","Granularity""#) else {
                return ""
            }
            return String(text[start.upperBound..<end.lowerBound])
        }
        let account = #"{"Dimensions":{"Key":"LINKED_ACCOUNT","Values":["012345678901"]}}"#
        let types = #"{"Not":{"Dimensions":{"Key":"RECORD_TYPE","Values":["Tax","Credit"]}}}"#
        #expect(filter([], nil) == "")
        #expect(filter([], "012345678901") == account)
        #expect(filter(["Tax", "Credit"], nil) == types)
        #expect(filter(["Tax", "Credit"], "012345678901") == #"{"And":[\#(account),\#(types)]}"#)
    }

    @Test func `what was paid for is not asked for again`() async throws {
        let memo = MemoryMemo()
        let pages = [
            CostJSON.page([CostJSON.february([rds])], token: "one"), CostJSON.page([CostJSON.february([ec2])]),
        ]
        let first = try await ask(pages, memo: memo)
        let second = try await ask([.refusal("AccessDeniedException")], memo: memo)
        #expect(second.ledger == first.ledger)
        #expect(second.bodies.isEmpty)
        #expect(second.usage.costUSD == .zero)
        #expect(await memo.begun.count == 2)
    }

    @Test func `a token gone stale begins the listing anew, once`() async throws {
        let outcome = try await ask([
            CostJSON.page([CostJSON.february([rds])], token: "one"), .refusal("RequestChangedException"),
            CostJSON.page([CostJSON.february([ec2])]),
        ])
        #expect(outcome.ledger?.lines.map(\.keys) == [["111111111111", "Amazon EC2"]])
        let endless = try await ask([
            CostJSON.page([CostJSON.february([rds])], token: "one"), .refusal("InvalidNextTokenException"),
            CostJSON.page([CostJSON.february([rds])], token: "one"), .refusal("InvalidNextTokenException"),
        ])
        #expect(endless.trouble?.code == "InvalidNextTokenException")
        #expect(endless.bodies.count == 4)
    }

    @Test func `throttling by LimitExceededException is waited out and not billed`() async throws {
        let outcome = try await ask([
            .refusal("LimitExceededException"), .refusal("LimitExceededException"),
            LoopbackAnswer(body: ""), LoopbackAnswer(body: "<html>"), CostJSON.page([CostJSON.february([rds])]),
        ])
        #expect(outcome.ledger != nil)
        #expect(outcome.usage.retries == 4)
        #expect(outcome.usage.costUSD == ExactDecimal("0.01"))
    }

    @Test func `a denied question tells both permissions it may lack`() async throws {
        let outcome = try await ask([.refusal("AccessDeniedException")])
        #expect(outcome.trouble?.kind == .accessDenied)
        #expect(outcome.trouble?.hint?.hasPrefix("allow ce:GetCostAndUsage for this identity") == true)
        #expect(outcome.usage.costUSD == .zero)
    }
}

import FinOps
import Foundation
import Testing

@testable import Sandbox

/// Asks a sandbox's desk without a socket: the same path from the header to the body, for tests of what is answered.
struct DeskClient {
    let estate: SampleEstate
    let meter = SandboxMeter()
    private let desk: SandboxDesk
    private let credentials: SandboxCredentials

    init(_ options: SandboxOptions = SandboxOptions()) {
        var options = options
        options.checksSignatures = false
        estate = SampleEstate(accounts: options.accounts, today: options.today, seed: options.seed)
        credentials = options.credentials
        desk = SandboxDesk(options, estate, meter)
    }

    enum Caller { case payer, withoutCostExplorer, expired, member }

    func ask(_ target: String, _ body: String, as caller: Caller = .payer) async -> SandboxAnswer {
        let key =
            switch caller {
            case .payer: credentials.payer
            case .withoutCostExplorer: credentials.withoutCostExplorer
            case .expired: credentials.expired
            case .member: credentials.member
            }
        let headers = [
            "x-amz-target": target, "content-type": "application/x-amz-json-1.1",
            "authorization": "AWS4-HMAC-SHA256 Credential=\(key.accessKeyID)/20260310/us-east-1/ce/aws4_request",
        ]
        return await desk.answer(
            ReceivedRequest(method: "POST", rawPath: "/", rawQuery: "", headers: headers, body: Data(body.utf8))
        ).0
    }

    /// The answer's JSON; a refusal fails the test.
    func value(_ target: String, _ body: String, as caller: Caller = .payer) async throws -> JSONValue {
        let answer = await ask(target, body, as: caller)
        try #require(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
        return try JSONValue(parsing: answer.body)
    }

    /// The error code of a refusal, nil when it was answered.
    func refusal(_ target: String, _ body: String, as caller: Caller = .payer) async -> String? {
        let answer = await ask(target, body, as: caller)
        return answer.status == 200 ? nil : (try? JSONValue(parsing: answer.body))?["__type"]?.text
    }

    func costs(_ body: String, as caller: Caller = .payer) async throws -> [CostResult] {
        try CostResult.read(try await value("AWSInsightsIndexService.GetCostAndUsage", body, as: caller))
    }

    func costRefusal(_ body: String, as caller: Caller = .payer) async -> String? {
        await refusal("AWSInsightsIndexService.GetCostAndUsage", body, as: caller)
    }
}

/// One group of one period as a client reads it.
struct CostResult {
    let start: String
    let keys: [String]
    let amounts: [String: ExactDecimal]

    static func read(_ page: JSONValue) throws -> [CostResult] {
        try (page["ResultsByTime"]?.elements ?? []).flatMap { result -> [CostResult] in
            let start = result["TimePeriod"]?["Start"]?.text ?? ""
            func amounts(_ metrics: JSONValue?) throws -> [String: ExactDecimal] {
                try (metrics?.members ?? [:]).mapValues { metric in
                    try #require(ExactDecimal(metric["Amount"]?.text ?? ""))
                }
            }
            let total = try amounts(result["Total"])
            let groups = try (result["Groups"]?.elements ?? []).map { group in
                CostResult(
                    start: start, keys: (group["Keys"]?.elements ?? []).compactMap(\.text),
                    amounts: try amounts(group["Metrics"]))
            }
            return total.isEmpty ? groups : groups + [CostResult(start: start, keys: [], amounts: total)]
        }
    }
}

/// Bodies of cost requests.
enum CostBody {
    static let february = #""TimePeriod":{"Start":"2026-02-01","End":"2026-03-01"},"Granularity":"MONTHLY""#
    static let allMetrics =
        #""Metrics":["UnblendedCost","NetUnblendedCost","AmortizedCost","NetAmortizedCost","BlendedCost"]"#

    static func make(
        _ period: String = february, groupBy: [String] = [], filter: String? = nil, metrics: String = allMetrics
    ) -> String {
        let groups = groupBy.map { #"{"Type":"DIMENSION","Key":"\#($0)"}"# }.joined(separator: ",")
        return "{\(period),\(metrics)" + (groupBy.isEmpty ? "" : ",\"GroupBy\":[\(groups)]")
            + (filter.map { ",\"Filter\":\($0)" } ?? "") + "}"
    }

    static let withoutDiscount =
        #"{"Not":{"Dimensions":{"Key":"RECORD_TYPE","Values":["Solution Provider Program Discount","SppDiscount"]}}}"#
}

extension [CostResult] {
    func sum(_ metric: String) -> ExactDecimal { map { $0.amounts[metric] ?? .zero }.sum() }

    func sums(_ metric: String, by position: Int) -> [String: ExactDecimal] {
        reduce(into: [:]) { $0[$1.keys[position], default: .zero] += $1.amounts[metric] ?? .zero }
    }
}

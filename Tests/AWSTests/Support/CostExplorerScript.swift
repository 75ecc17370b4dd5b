import FinOps
import Foundation

@testable import AWS

/// Cost Explorer on loopback: gives the answers in turn (the last for ever), keeps what it was asked, and answers STS.
actor CostExplorerScript {
    private var answers: [LoopbackAnswer]
    private(set) var bodies: [String] = []

    init(_ answers: [LoopbackAnswer]) { self.answers = answers }

    func answer(_ operation: String, _ body: String) -> LoopbackAnswer {
        guard operation != "query" else {
            return LoopbackAnswer(
                body:
                    "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/ann</Arn>"
                    + "<UserId>U</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
            )
        }
        bodies.append(body)
        return answers.count > 1 ? answers.removeFirst() : answers[0]
    }
}

enum CostJSON {
    static func amounts(_ amount: String, unit: String = "USD", leavingOut: CostMetric? = nil) -> String {
        CostMetric.allCases.filter { $0 != leavingOut }
            .map { #""\#($0.apiName)":{"Amount":"\#(amount)","Unit":"\#(unit)"}"# }.joined(separator: ",")
    }

    static func group(_ keys: [String], _ amount: String, unit: String = "USD", leavingOut: CostMetric? = nil) -> String
    {
        let list = keys.map { #""\#($0)""# }.joined(separator: ",")
        return #"{"Keys":[\#(list)],"Metrics":{\#(amounts(amount, unit: unit, leavingOut: leavingOut))}}"#
    }

    static func period(_ start: String, _ end: String, _ groups: [String], estimated: Bool = false) -> String {
        #"{"TimePeriod":{"Start":"\#(start)","End":"\#(end)"},"Groups":[\#(groups.joined(separator: ","))],"#
            + #""Total":{},"Estimated":\#(estimated)}"#
    }

    static func page(_ periods: [String], token: String? = nil) -> LoopbackAnswer {
        let next = token.map { #","NextPageToken":"\#($0)""# } ?? ""
        return LoopbackAnswer(body: #"{"ResultsByTime":[\#(periods.joined(separator: ","))]\#(next)}"#)
    }

    static func february(_ groups: [String], estimated: Bool = false) -> String {
        period("2026-02-01", "2026-03-01", groups, estimated: estimated)
    }
}

import FinOps
import Foundation
import Testing

@testable import Reports

struct EmailRendererTests {
    @Test(arguments: [
        SampleMonth(), SampleMonth(accountCount: 40), SampleMonth(policy: RunPolicy()),
        SampleMonth(isPreliminary: true),
        SampleMonth(personas: [.cfo]), SampleMonth(policy: RunPolicy(budget: Money("1000", .usd))),
    ])
    func `the message has between 150 and 250 words`(sample: SampleMonth) {
        let email = String(decoding: sample.files().last!.bytes, as: UTF8.self)
        let words = email.split { $0.isWhitespace }.filter { $0.contains { $0.isLetter || $0.isNumber } }.count
        #expect((150...250).contains(words), "\(words) words:\n\(email)")
    }

    @Test(arguments: [
        (RunPolicy(budget: Money("1000", .usd)), "over budget, decision needed"),
        (RunPolicy(budget: Money("10000000", .usd)), "within budget, please review"),
        (RunPolicy(), "please set a budget"),
    ])
    func `the subject carries the number, the direction and the ask`(policy: RunPolicy, ask: String) throws {
        let sample = SampleMonth(policy: policy)
        let email = String(decoding: sample.files().last!.bytes, as: UTF8.self)
        let subject = try #require(email.split(separator: "\n").first)
        let net = try #require(FactFormat.money.text(FactIndex(sample.book)["total.net"], month: sample.month))
            .replacing("\u{A0}", with: " ")
        #expect(subject.hasPrefix("Subject: [Sample] AWS February 2026: \(net), down "))
        #expect(subject.hasSuffix(ask))
    }

    @Test func `there are three reasons and at most three decisions`() {
        let email = String(decoding: SampleMonth().files().last!.bytes, as: UTF8.self)
        let lines = email.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("- ") } == 3)
        #expect((1...3).contains(lines.count { $0.contains(#/^[1-9]\. /#) }))
    }
}

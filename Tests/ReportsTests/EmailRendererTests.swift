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
    func `the message has between 150 and 250 words, as text and as HTML`(sample: SampleMonth) {
        for file in sample.files().filter({ $0.format == .email }) {
            let text = VisibleText.of(file)
            let words = text.split { $0.isWhitespace }.filter { $0.contains { $0.isLetter || $0.isNumber } }.count
            #expect((150...250).contains(words), "\(file.path): \(words) words:\n\(text)")
        }
    }

    @Test(arguments: [
        SampleMonth(), SampleMonth(accountCount: 67, gates: [Verdict(.g4, .failed, reasons: ["unexplained"])]),
    ])
    func `the HTML survives mail programs that lay out with Word`(sample: SampleMonth) throws {
        let file = try #require(sample.files().first { $0.path == "reports/stakeholder-email.html" })
        let html = String(decoding: file.bytes, as: UTF8.self)
        #expect(file.bytes.count <= EmailHTMLRenderer.limitBytes)
        for lost in ["<svg", "<style", "<script", "class=", "<img", "<link", "var(--"] {
            #expect(!html.contains(lost), "\(lost)")
        }
        #expect(
            html.components(separatedBy: "<table").dropFirst().allSatisfy { $0.hasPrefix(" role=\"presentation\"") })
    }

    @Test func `the bars are as long as the changes, and their colour says no more than their sign`() throws {
        let sample = SampleMonth()
        let file = try #require(sample.files().first { $0.path == "reports/stakeholder-email.html" })
        let facts = FactIndex(sample.book)
        let bars = String(decoding: file.bytes, as: UTF8.self).matches(
            of:
                #/<table role="presentation" width="(\d+)%" [^>]*><tr><td height="14" bgcolor="(#[0-9a-f]+)".*?data-fact="([^"]+)"/#
        )
        try #require(bars.count == 5)
        let values = bars.map { facts.value(String($0.output.3)) ?? .zero }
        let largest = try #require(values.map(\.magnitude).max())
        for (bar, value) in zip(bars, values) {
            let share = Scale.double(value.magnitude) / Scale.double(largest) * 100
            #expect(abs(Double(bar.output.1)! - share) <= 1, "\(bar.output.3)")
            #expect((bar.output.2 == "#0072b2") == value.isNegative)
        }
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

import FinOps
import Gates
import TestSupport
import Testing

@Suite struct `G6 screenshots` {
    private func judge(_ screenshots: [Screenshot]) -> Verdict {
        G6Screenshots().judge(ScreenshotSet(screenshots: screenshots), under: RunPolicy())
    }

    private func screenshot(_ bytes: Int?, trouble: Trouble? = nil, page: String = "reports/cfo.html") -> Screenshot {
        Screenshot(
            page: page, path: bytes.map { _ in "screenshots/cfo.png" }, bytes: bytes, sha256: nil, trouble: trouble)
    }

    @Test(arguments: [(10_241, Verdict.Outcome.passed), (10_240, .advised), (0, .advised)])
    func `over 10 KB means more, not as much`(bytes: Int, outcome: Verdict.Outcome) {
        #expect(judge([screenshot(bytes)]).outcome == outcome)
    }

    @Test func `one small picture among large ones is advice that names its page`() {
        let verdict = judge([screenshot(50_000), screenshot(100, page: "reports/sre.html")])
        #expect(verdict.action == .advise && verdict.holds)
        #expect(verdict.reasons == ["The screenshot of reports/sre.html has 100 bytes, not over 10240."])
    }

    @Test func `no browser is said once`() {
        let trouble = Trouble(.notOffered, code: "NoBrowser", message: "no browser was found", operation: "chromium")
        let verdict = judge([
            screenshot(nil, trouble: trouble), screenshot(nil, trouble: trouble, page: "reports/sre.html"),
        ])
        #expect(verdict.outcome == .advised && verdict.trouble == trouble)
        #expect(verdict.reasons == ["Not verified by eye: no browser was found."])
    }

    @Test func `nothing photographed never passes and never blocks`() {
        #expect(judge([]).outcome == .advised)
        #expect(judge([screenshot(nil)]).outcome == .advised)
        #expect(judge([screenshot(nil, trouble: SampleMonth.trouble(.unreachable))]).outcome == .advised)
    }
}

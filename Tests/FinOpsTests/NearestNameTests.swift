import Testing

@testable import FinOps

@Suite struct NearestNameTests {
    private let names = ["throttle", "latency", "truncated", "deny"]

    @Test(arguments: [
        ("throtle", "throttle"), ("Latency", "latency"), ("trunctaed", "truncated"), ("dney", "deny"), ("deny", "deny"),
    ])
    func `a slip of the finger is understood`(typed: String, meant: String) {
        #expect(NearestName.suggestion(for: typed, among: names) == meant)
    }

    @Test(arguments: ["", "archive", "reconciliation"])
    func `another word is not guessed at`(typed: String) {
        #expect(NearestName.suggestion(for: typed, among: names) == nil)
    }

    @Test func `of two equally near names the first by spelling is meant`() {
        #expect(NearestName.suggestion(for: "pro", among: ["prod", "prob"]) == "prob")
    }
}

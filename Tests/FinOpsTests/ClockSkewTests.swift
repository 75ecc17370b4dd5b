import FinOps
import Testing

@Suite struct ClockSkewTests {
    private static let noon = Timestamp("2026-03-15T12:00:00Z")!

    @Test(arguments: [
        (0, true), (300, true), (301, true), (-301, true), (43_199, true), (-43_199, true), (43_201, false),
        (-43_201, false), (86_400, false), (-90_000, false),
    ])
    func `at noon a clock serves while it shows the provider's day`(seconds: Int, isUsable: Bool) {
        #expect(ClockSkew(seconds: seconds).isUsable(at: Self.noon) == isUsable)
    }

    @Test func `just before midnight ten minutes are too much, and five are not`() {
        let late = Timestamp("2026-03-15T23:58:00Z")!
        #expect(!ClockSkew(seconds: -600).isUsable(at: late))
        #expect(ClockSkew(seconds: -300).isUsable(at: late))
        #expect(ClockSkew(seconds: 600).isUsable(at: late))
    }

    @Test func `nobody is told of five minutes`() {
        #expect(ClockSkew(seconds: 300).isTolerated && ClockSkew(seconds: -300).isTolerated)
        #expect(!ClockSkew(seconds: 301).isTolerated)
    }

    @Test(arguments: [
        (301, "5 minutes ahead of"), (-3_600, "60 minutes behind"), (7_200, "2 hours ahead of"),
        (-172_800, "2 days behind"), (90, "1 minute ahead of"),
    ])
    func `a skew is told in the unit a person would use`(seconds: Int, words: String) {
        #expect(ClockSkew(seconds: seconds).words == words)
    }
}

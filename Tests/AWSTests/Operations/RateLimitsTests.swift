import FinOps
import Testing

@testable import AWS

@Suite struct RateLimitsTests {
    @Test(arguments: [
        ("4:5", 4.0, 5), ("4", 4, 4), ("0.5", 0.5, 1), ("0.5:3", 0.5, 3), ("2.9", 2.9, 2), ("1000:1000", 1_000, 1_000),
    ])
    func `a limit is a rate, and a number at once`(text: String, rate: Double, burst: Int) {
        #expect(RateLimit(text) == RateLimit(requestsPerSecond: rate, burst: burst))
    }

    @Test(arguments: ["", "0", "0.01", "-1", "1001", "4:", ":5", "4:0", "4:5:6", "4:1.5", "four", "1e2", "inf", "4 :5"])
    func `anything else is none`(text: String) {
        #expect(RateLimit(text) == nil)
    }

    @Test func `what nobody chose is built in`() {
        var limits = RateLimits()
        let isTaken = limits.take("ce=2:3")
        #expect(isTaken)
        #expect(limits[.costExplorer] == RateLimit(requestsPerSecond: 2, burst: 3))
        #expect(limits[.organizations] == AWSService.organizations.rateLimit)
    }

    @Test(arguments: ["ce", "ce=", "ec2=4", "=4", "CE=4"])
    func `a text that names no service and no limit is not taken`(text: String) {
        var limits = RateLimits()
        let isTaken = limits.take(text)
        #expect(!isTaken)
        #expect(limits == RateLimits())
    }

    @Test func `doctor's settings say who decided`() throws {
        var limits = RateLimits()
        _ = limits.take("ce=0.5:2")
        let entries = try ResolvedSettings(
            profile: nil, region: nil, endpointURL: nil, environment: staticKeys, homeDirectory: "/home/ann",
            files: .memory([:]), rateLimits: limits
        ).description.entries
        let chosen = try #require(entries.first { $0.name == "rate_limit.ce" })
        #expect(chosen.value == "0.5 requests a second, at most 2 at once" && chosen.origin == "rate_limits")
        let builtIn = try #require(entries.first { $0.name == "rate_limit.organizations" })
        #expect(builtIn.value == "10 requests a second, at most 20 at once" && builtIn.origin == "built in")
    }
}

import FinOps
import Testing

@testable import AWS

@Suite struct RetryPolicyTests {
    @Test func `waits double, jitter and stop growing`() {
        let policy = RetryPolicy()
        let longest = ConstantRandomness(byte: 0xFF)
        func milliseconds(_ attempt: Int, _ reason: RetryPolicy.Reason, _ randomness: any Randomness) -> Int {
            Int(policy.wait(before: attempt, reason, atLeastMilliseconds: nil, randomness) / 1_000_000)
        }
        #expect([2, 3, 4].map { milliseconds($0, .transient, longest) } == [49, 99, 199])
        #expect([2, 3, 20].map { milliseconds($0, .throttled, longest) } == [999, 1999, 19999])
        #expect(milliseconds(2, .throttled, ConstantRandomness(byte: 0)) == 0)
    }

    @Test func `the server's own wish is a lower bound`() {
        let wait = RetryPolicy().wait(
            before: 2, .transient, atLeastMilliseconds: 3_000, ConstantRandomness())
        #expect(wait == 3_000_000_000)
    }

    @Test func `attempts can be set, and nonsense is refused`() throws {
        #expect(try RetryPolicy(environment: ["AWS_MAX_ATTEMPTS": "2"], profile: nil).attempts == 2)
        let profile = try configuration(config: "[default]\nmax_attempts = 7\n").profile("default")
        #expect(try RetryPolicy(environment: [:], profile: profile).attempts == 7)
        for text in ["0", "x", "101"] {
            #expect(
                inputError { try RetryPolicy(environment: ["AWS_MAX_ATTEMPTS": text], profile: nil) }?.code
                    == "invalid_max_attempts")
        }
    }

    @Test func `the budget is spent by retries and refilled by answers`() {
        let budget = RetryBudget()
        #expect((0..<35).allSatisfy { _ in budget.spend(.transient) })
        #expect(!budget.spend(.transient))
        #expect(budget.spend(.throttled) && budget.spend(.throttled) && !budget.spend(.throttled))
        for _ in 0..<14 { budget.refund() }
        #expect(budget.spend(.transient))
    }
}

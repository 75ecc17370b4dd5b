import FinOps
import Testing

@testable import AWS

@Suite struct TokenBucketTests {
    @Test func `a burst goes at once and the rest at the given rate`() async throws {
        let clock = ManualClock()
        let bucket = TokenBucket(RateLimit(requestsPerSecond: 4, burst: 5), clock: clock)
        for _ in 0..<9 { #expect(try await bucket.take(before: .max)) }
        #expect(clock.sleptMilliseconds == [250, 250, 250, 250])
    }

    @Test func `a pause fills the bucket, but not beyond the burst`() async throws {
        let clock = ManualClock()
        let bucket = TokenBucket(RateLimit(requestsPerSecond: 4, burst: 5), clock: clock)
        for _ in 0..<5 { #expect(try await bucket.take(before: .max)) }
        clock.advance(seconds: 3600)
        for _ in 0..<6 { #expect(try await bucket.take(before: .max)) }
        #expect(clock.sleptMilliseconds == [250])
    }
}

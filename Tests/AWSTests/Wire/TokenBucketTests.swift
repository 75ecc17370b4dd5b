import FinOps
import Testing

@testable import AWS

@Suite struct TokenBucketTests {
    @Test func `a burst goes at once and the rest at the given rate`() async throws {
        let clock = ManualClock()
        let bucket = TokenBucket(RateLimit(requestsPerSecond: 4, burst: 5), clock: clock)
        for _ in 0..<9 { try await bucket.take() }
        #expect(clock.sleptMilliseconds == [250, 250, 250, 250])
    }

    @Test func `a pause fills the bucket, but not beyond the burst`() async throws {
        let clock = ManualClock()
        let bucket = TokenBucket(RateLimit(requestsPerSecond: 4, burst: 5), clock: clock)
        for _ in 0..<5 { try await bucket.take() }
        clock.advance(seconds: 3600)
        for _ in 0..<6 { try await bucket.take() }
        #expect(clock.sleptMilliseconds == [250])
    }
}

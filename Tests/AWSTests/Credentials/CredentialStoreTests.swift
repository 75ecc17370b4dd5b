import FinOps
import Testing

@testable import AWS

@Suite struct CredentialStoreTests {
    private actor Counter: CredentialProvider {
        private(set) var count = 0
        let lifetimeSeconds: Int?
        let clock: ManualClock

        init(_ lifetimeSeconds: Int?, _ clock: ManualClock) {
            self.lifetimeSeconds = lifetimeSeconds
            self.clock = clock
        }

        func credentials() async throws -> Credentials {
            count += 1
            // Lets the others queue up behind this fetch.
            for _ in 0..<20 { await Task.yield() }
            return Credentials(
                accessKeyID: lifetimeSeconds == nil ? "static" : "AKIA\(count)", secretAccessKey: "s",
                expiration: lifetimeSeconds.map { clock.now().adding(seconds: $0) })
        }
    }

    @Test func `keys are fetched once however many ask`() async throws {
        let clock = ManualClock()
        let counter = Counter(3600, clock)
        let store = CredentialStore(provider: counter, clock: clock)
        try await withThrowingTaskGroup(of: Credentials.self) { group in
            for _ in 0..<50 { group.addTask { try await store.credentials() } }
            for try await keys in group { #expect(keys.accessKeyID == "AKIA1") }
        }
        #expect(await counter.count == 1)
    }

    @Test func `keys are renewed before they expire`() async throws {
        let clock = ManualClock()
        let store = CredentialStore(provider: Counter(3600, clock), clock: clock)
        _ = try await store.credentials()
        clock.advance(seconds: 2999)
        #expect(try await store.credentials().accessKeyID == "AKIA1")
        clock.advance(seconds: 2)
        #expect(try await store.credentials().accessKeyID == "AKIA2")
    }

    @Test func `refused keys are replaced once, and not by themselves`() async throws {
        let clock = ManualClock()
        let changing = CredentialStore(provider: Counter(3600, clock), clock: clock)
        let first = try await changing.credentials()
        #expect(try await changing.replacement(for: first)?.accessKeyID == "AKIA2")
        #expect(try await changing.replacement(for: first)?.accessKeyID == "AKIA2")
        let fixed = CredentialStore(provider: Counter(nil, clock), clock: clock)
        let keys = try await fixed.credentials()
        #expect(try await fixed.replacement(for: keys) == nil)
    }
}

import Foundation
import HTTP
import TestSupport
import Testing

@Suite struct StaleConnectionTests {
    private static let answer = Fault.answer(status: 200, body: "ok")

    /// Port 9 is never asked: the proxy answers by itself.
    private func withProxy<Value>(_ rules: [FaultRule], _ body: (FaultProxy) async throws -> Value) async throws
        -> Value
    {
        let proxy = try FaultProxy(
            upstreamPort: 9, rules: rules + [FaultRule(Self.answer, count: FaultRule.always)])
        defer { proxy.stop() }
        return try await body(proxy)
    }

    @Test(arguments: [0, 1, 100_000])
    func `a body that went out on a dead connection is never sent again unasked`(bytes: Int) async throws {
        try await withProxy([FaultRule(.staleKeepAlive)]) { proxy in
            try await withClient { client in
                let request = HTTPRequest(
                    method: "POST", url: proxy.url + "/", body: Data(repeating: 65, count: bytes))
                let first = try await client.send(request)
                #expect(first.openedConnections == 1)
                let code = await failure { try await client.send(request) }
                if bytes > 0 {
                    #expect(code == .stale)
                    #expect(proxy.sightings.count == 2)
                }
                let last = try await client.send(request)
                #expect(last.status == 200)
            }
        }
    }

    @Test func `a new connection is opened when one is wanted, and kept`() async throws {
        try await withProxy([]) { proxy in
            try await withClient { client in
                let request = HTTPRequest(method: "POST", url: proxy.url + "/", body: Data("x".utf8))
                var fresh = request
                fresh.wantsNewConnection = true
                var opened: [Int] = []
                for each in [request, request, fresh, request] {
                    opened.append(try await client.send(each).openedConnections)
                }
                #expect(opened == [1, 0, 1, 0])
            }
        }
    }
}

import HTTP
import TestSupport
import Testing

@Suite struct RequestValidationTests {
    @Test(arguments: [
        "http://ann@127.0.0.1/", "http://ann:secret@127.0.0.1/", "http://127.0.0.1/#part", "http://127.0.0.1/ä",
        "http://münchen.example/", "http://127.0.0.1/a b", "ftp://127.0.0.1/", "http:/127.0.0.1",
    ])
    func `a URL that would not be sent byte for byte is refused`(url: String) async throws {
        try await withClient { client in
            #expect(await failure { try await client.send(HTTPRequest(url: url)) } == .invalidRequest)
        }
    }

    @Test(arguments: [Double.infinity, .greatestFiniteMagnitude, 1e12])
    func `an endless deadline is a long one`(seconds: Double) async throws {
        let proxy = try FaultProxy(
            upstreamPort: 9, rules: [FaultRule(.answer(status: 200, body: ""), count: FaultRule.always)])
        defer { proxy.stop() }
        try await withClient {
            $0.connectDeadlineSeconds = seconds
        } _: { client in
            let request = HTTPRequest(url: proxy.url + "/", deadlineSeconds: seconds)
            let response = try await client.send(request)
            #expect(response.status == 200)
        }
    }

    @Test(arguments: [Double.nan, 0, -1, -Double.infinity])
    func `a deadline that does not lie ahead is refused`(seconds: Double) async throws {
        try await withClient { client in
            let request = HTTPRequest(url: "http://127.0.0.1:9/", deadlineSeconds: seconds)
            #expect(await failure { try await client.send(request) } == .invalidRequest)
        }
    }

    @Test func `a proxy that wants a password is not asked again`() async throws {
        let proxy = try FaultProxy(
            upstreamPort: 9, rules: [FaultRule(.answer(status: 407, body: ""), count: FaultRule.always)])
        defer { proxy.stop() }
        try await withClient {
            $0.proxies = HTTPProxies(forHTTPS: proxy.url)
        } _: { client in
            let code = await failure { try await client.send(HTTPRequest(url: "https://sts.example/")) }
            #expect(code == .proxyAuthentication)
        }
        #expect(!HTTPError(.proxyAuthentication, "").isTransient)
        #expect(HTTPError(.proxy, "").isTransient)
    }
}

import Foundation
import HTTP
import Testing

@Suite struct HTTPSettingsTests {
    @Test func `a certificate is accepted with its authority and refused without it or for another host`() async throws
    {
        let authority = try await CertificateAuthority()
        try await authority.withServer(for: "IP:127.0.0.1") { port in
            let request = HTTPRequest(url: "https://127.0.0.1:\(port)/")
            try await withClient {
                $0.caBundlePath = authority.bundlePath
            } _: { client in
                let answer1 = try await client.send(request)
                #expect(answer1.status == 200)
                let otherName = HTTPRequest(url: "https://localhost:\(port)/")
                #expect(await failure { try await client.send(otherName) } == .certificate)
            }
            try await withClient { client in
                #expect(await failure { try await client.send(request) } == .certificate)
            }
            try await withClient {
                $0.caBundlePath = authority.folder.path + "/absent.pem"
            } _: { client in
                #expect(await failure { try await client.send(request) } == .tls)
            }
        }
    }

    @Test func `TLS asked of a server without it fails as TLS`() async throws {
        try await withRawServer { connection, _ in
            connection.write("HTTP/1.1 400 Bad\r\n\r\n")
        } _: { server in
            try await withClient { client in
                let request = HTTPRequest(url: "https://127.0.0.1:\(server.port)/")
                // The raw server reads until an empty line, which a handshake need not hold: the deadline may come first.
                let code = await failure {
                    try await client.send(
                        HTTPRequest(url: request.url, deadlineSeconds: 2))
                }
                #expect(code == .tls || code == .timeout)
            }
        }
    }

    @Test func `the environment gives the proxies and the bundle, lower case first`() {
        let settings = HTTPSettings(environment: [
            "AWS_CA_BUNDLE": "/bundle.pem", "http_proxy": "http://low:1", "HTTP_PROXY": "http://up:1",
            "HTTPS_PROXY": "http://tls:2", "NO_PROXY": "localhost,.internal",
        ])
        #expect(settings.caBundlePath == "/bundle.pem")
        #expect(
            settings.proxies
                == HTTPProxies(forHTTP: "http://low:1", forHTTPS: "http://tls:2", except: "localhost,.internal"))
        #expect(HTTPSettings(environment: ["AWS_CA_BUNDLE": ""]) == HTTPSettings())
        #expect(HTTPProxies(environment: ["ALL_PROXY": "http://all:3"]).forHTTPS == "http://all:3")
    }

    @Test func `a proxy is asked for the whole URL, and not at all for an excepted host`() async throws {
        try await withRawServer { connection, _ in
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nproxy")
        } _: { proxy in
            try await withLoopbackServer { _ in
                LoopbackAnswer(body: Data("direct".utf8))
            } _: { url in
                try await withClient {
                    $0.proxies = HTTPProxies(forHTTP: proxy.url, except: "127.0.0.1")
                } _: { client in
                    let answer2 = try await client.send(HTTPRequest(url: url))
                    #expect(answer2.body == Data("direct".utf8))
                    let through = try await client.send(HTTPRequest(url: "http://host.invalid/path"))
                    #expect(through.body == Data("proxy".utf8))
                }
            }
            let head = try #require(await proxy.firstHead())
            #expect(head.hasPrefix("GET http://host.invalid/path HTTP/1.1\r\n"))
        }
    }

    @Test func `a proxy that refuses the tunnel is named as the proxy's refusal`() async throws {
        try await withRawServer { connection, _ in
            connection.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        } _: { proxy in
            try await withClient {
                $0.proxies = HTTPProxies(forHTTPS: proxy.url)
            } _: { client in
                let request = HTTPRequest(url: "https://host.invalid/")
                #expect(await failure { try await client.send(request) } == .proxy)
            }
            #expect(await proxy.firstHead()?.hasPrefix("CONNECT host.invalid:443 ") == true)
        }
    }
}

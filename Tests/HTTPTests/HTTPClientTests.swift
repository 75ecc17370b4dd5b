import Foundation
import HTTP
import Testing

@Suite struct HTTPClientTests {
    @Test func `a request arrives byte for byte and its answer comes back whole`() async throws {
        let answer = try await withLoopbackServer { request in
            return LoopbackAnswer(
                status: 201, headers: ["X-Echo": request.headers["x-ask"] ?? "none"],
                body: Data("\(request.method) \(request.path) ".utf8) + request.body)
        } _: { url in
            try await withClient { client in
                try await client.send(
                    HTTPRequest(
                        method: "POST", url: "\(url)/a/b?q=1", headers: ["X-Ask": "Kōwhai"], body: Data([0, 255, 10])))
            }
        }
        #expect(answer.status == 201)
        #expect(answer.headers["x-eCHO"] == "Kōwhai")
        #expect(answer.body == Data("POST /a/b ".utf8) + Data([0, 255, 10]))
    }

    @Test func `nothing is added that a signature would not know of`() async throws {
        let head = try await withRawServer { connection, _ in
            connection.write("HTTP/1.1 204 No Content\r\n\r\n")
        } _: { server in
            try await withClient { client in
                _ = try await client.send(
                    HTTPRequest(
                        method: "POST", url: "\(server.url)/x/../y?b=2&a", headers: ["X-Empty": "", "X-One": "1"],
                        body: Data()))
            }
            return await server.firstHead()
        }
        let lines = try #require(head).split(separator: "\r\n").map(String.init)
        #expect(lines[0] == "POST /x/../y?b=2&a HTTP/1.1")
        #expect(
            Set(lines.dropFirst().map { $0.prefix { $0 != ":" }.lowercased() })
                == ["host", "accept", "x-empty", "x-one", "content-length"])
    }

    @Test func `an error status and a redirect are answers`() async throws {
        try await withRawServer { connection, head in
            let status = head.hasPrefix("GET /moved") ? "302 Found\r\nLocation: /elsewhere" : "503 Slow Down"
            connection.write("HTTP/1.1 \(status)\r\nContent-Length: 2\r\n\r\nno")
        } _: { server in
            try await withClient { client in
                let answer1 = try await client.send(HTTPRequest(url: "\(server.url)/moved"))
                #expect(answer1.status == 302)
                let refused = try await client.send(HTTPRequest(url: server.url))
                #expect(refused.status == 503)
                #expect(refused.body == Data("no".utf8))
            }
        }
    }

    @Test func `one connection serves request after request`() async throws {
        try await withLoopbackServer { _ in
            LoopbackAnswer()
        } _: { url in
            try await withClient { client in
                var opened = 0
                for _ in 0..<10 { opened += try await client.send(HTTPRequest(url: url)).openedConnections }
                #expect(opened == 1)
            }
        }
    }

    @Test func `five hundred requests at once never exceed the concurrency allowed`() async throws {
        let gauge = Gauge()
        try await withLoopbackServer { request in
            await gauge.enter()
            await Task.yield()
            await gauge.leave()
            return LoopbackAnswer(body: Data(request.path.utf8))
        } _: { url in
            try await withClient {
                $0.concurrentTransfers = 16
            } _: { client in
                let bodies = try await withThrowingTaskGroup(of: (Int, Data).self) { group in
                    for number in 0..<500 {
                        group.addTask {
                            (number, try await client.send(HTTPRequest(url: "\(url)/\(number)")).body)
                        }
                    }
                    return try await group.reduce(into: [Int: Data]()) { $0[$1.0] = $1.1 }
                }
                #expect(bodies.count == 500)
                #expect(bodies.allSatisfy { $0.value == Data("/\($0.key)".utf8) })
            }
        }
        #expect(await gauge.highest <= 16)
        #expect(await gauge.highest > 1)
    }

    @Test func `cancelling the task ends the transfer and closes its connection`() async throws {
        let (ended, signal) = AsyncStream<Void>.makeStream()
        try await withRawServer { connection, _ in
            connection.waitForEnd()
            signal.yield()
        } _: { server in
            try await withClient { client in
                let asking = Task { try await client.send(HTTPRequest(url: server.url)) }
                _ = await server.firstHead()
                asking.cancel()
                #expect(await failure { try await asking.value } == .cancelled)
                // Hangs, and the test with it, if the connection stayed open.
                for await _ in ended { break }
            }
        }
    }

    @Test func `a cancelled task does not even ask`() async throws {
        try await withClient { client in
            let asking = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await client.send(HTTPRequest(url: "http://127.0.0.1:1"))
            }
            #expect(await failure { try await asking.value } == .cancelled)
        }
    }

    @Test func `shutting down fails what is under way and what comes later`() async throws {
        try await withRawServer { connection, _ in
            connection.waitForEnd()
        } _: { server in
            let client = try HTTPClient()
            let asking = Task { try await client.send(HTTPRequest(url: server.url)) }
            _ = await server.firstHead()
            client.shutdown()
            #expect(await failure { try await asking.value } == .closed)
            #expect(await failure { try await client.send(HTTPRequest(url: server.url)) } == .closed)
            client.shutdown()
        }
    }

    @Test(arguments: [
        HTTPRequest(url: "ftp://127.0.0.1/"), HTTPRequest(url: "http://127.0.0.1/ b"),
        HTTPRequest(method: "GET x", url: "http://127.0.0.1/"),
        HTTPRequest(url: "http://127.0.0.1/", headers: ["X-A": "b\r\nX-Injected: c"]),
        HTTPRequest(url: "http://127.0.0.1/", headers: ["X A": "b"]),
    ])
    func `what HTTP does not allow is refused before it is sent`(request: HTTPRequest) async throws {
        try await withClient { client in
            #expect(await failure { try await client.send(request) } == .invalidRequest)
        }
    }
}

/// How many are inside, and how many were at most.
private actor Gauge {
    private var inside = 0
    private(set) var highest = 0

    func enter() {
        inside += 1
        highest = max(highest, inside)
    }

    func leave() { inside -= 1 }
}

import Foundation
import HTTP
import Testing

@Suite struct HTTPErrorTests {
    @Test func `a body shorter than announced is truncated, not an answer`() async throws {
        try await withRawServer { connection, _ in
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        } _: { server in
            try await withClient { client in
                #expect(await failure { try await client.send(HTTPRequest(url: server.url)) } == .truncated)
            }
        }
    }

    @Test func `a chunked body without its last chunk is truncated`() async throws {
        try await withRawServer { connection, _ in
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")
        } _: { server in
            try await withClient { client in
                #expect(await failure { try await client.send(HTTPRequest(url: server.url)) } == .truncated)
            }
        }
    }

    @Test func `a connection closed without a word is reset`() async throws {
        try await withRawServer { _, _ in
        } _: { server in
            try await withClient { client in
                #expect(await failure { try await client.send(HTTPRequest(url: server.url)) } == .reset)
            }
        }
    }

    @Test func `a TCP reset in mid-body is reset`() async throws {
        try await withRawServer { connection, _ in
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            connection.reset()
        } _: { server in
            try await withClient { client in
                let code = await failure { try await client.send(HTTPRequest(url: server.url)) }
                #expect(code == .reset)
            }
        }
    }

    @Test func `a server that accepts and says nothing meets the total deadline`() async throws {
        try await withRawServer { connection, _ in
            connection.waitForEnd()
        } _: { server in
            try await withClient { client in
                let request = HTTPRequest(url: server.url, deadlineSeconds: 0.2)
                #expect(await failure { try await client.send(request) } == .timeout)
            }
        }
    }

    @Test func `a server that drips its answer is too slow long before the deadline`() async throws {
        try await withRawServer { connection, _ in
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx")
            connection.waitForEnd()
        } _: { server in
            try await withClient {
                $0.lowSpeedSeconds = 1
                $0.lowSpeedBytesPerSecond = 1000
            } _: { client in
                #expect(await failure { try await client.send(HTTPRequest(url: server.url)) } == .lowSpeed)
            }
        }
    }

    @Test func `a TLS handshake that never ends meets the connect deadline`() async throws {
        try await withRawServer { connection, _ in
            connection.waitForEnd()
        } _: { server in
            try await withClient {
                $0.connectDeadlineSeconds = 0.2
            } _: { client in
                let request = HTTPRequest(url: "https://127.0.0.1:\(server.port)/")
                #expect(await failure { try await client.send(request) } == .connectTimeout)
            }
        }
    }

    @Test func `a deadline also counts the time in the queue`() async throws {
        try await withRawServer { connection, _ in
            connection.waitForEnd()
        } _: { server in
            try await withClient {
                $0.concurrentTransfers = 1
            } _: { client in
                let first = Task { try await client.send(HTTPRequest(url: server.url)) }
                _ = await server.firstHead()
                let second = HTTPRequest(url: server.url, deadlineSeconds: 0.1)
                #expect(await failure { try await client.send(second) } == .timeout)
                first.cancel()
                #expect(await failure { try await first.value } == .cancelled)
            }
        }
    }

    @Test(arguments: ["Content-Length: 5000", "Transfer-Encoding: chunked"])
    func `a body over the limit is refused, announced or not`(framing: String) async throws {
        try await withRawServer { connection, _ in
            let body = String(repeating: "x", count: 5000)
            connection.write("HTTP/1.1 200 OK\r\n\(framing)\r\n\r\n")
            connection.write(framing.hasPrefix("C") ? body : "1388\r\n\(body)\r\n0\r\n\r\n")
        } _: { server in
            try await withClient {
                $0.responseLimitBytes = 4999
            } _: { client in
                #expect(await failure { try await client.send(HTTPRequest(url: server.url)) } == .tooLarge)
            }
            try await withClient {
                $0.responseLimitBytes = 5000
            } _: { client in
                let answer1 = try await client.send(HTTPRequest(url: server.url))
                #expect(answer1.body.count == 5000)
            }
        }
    }

    @Test func `what is not HTTP is malformed`() async throws {
        try await withRawServer { connection, _ in
            connection.write("220 mail.example ESMTP\r\n")
        } _: { server in
            try await withClient { client in
                let code = await failure { try await client.send(HTTPRequest(url: server.url)) }
                #expect(code == .invalidRequest || code == .malformed)
            }
        }
    }

    @Test func `a port nobody listens on and a name nobody has are told apart`() async throws {
        let free = try RawServer { _, _ in }
        free.stop()
        try await withClient { client in
            // The thread that accepted may still hold the socket for a moment; a refused connection is reset or closed.
            let codes: Set<HTTPError.Code?> = [.connect, .reset]
            #expect(codes.contains(await failure { try await client.send(HTTPRequest(url: free.url)) }))
            let nowhere = HTTPRequest(url: "http://host.invalid/")
            #expect(await failure { try await client.send(nowhere) } == .resolve)
        }
    }

    @Test func `the message names the host and never a secret of the URL`() async throws {
        try await withRawServer { _, _ in
        } _: { server in
            try await withClient { client in
                // The first gets no answer, the second is not even sent.
                for user in ["", "user:pa55@"] {
                    let url = "http://\(user)127.0.0.1:\(server.port)/path?X-Amz-Signature=c0ffee"
                    do {
                        _ = try await client.send(HTTPRequest(url: url))
                        Issue.record("an empty answer was accepted")
                    } catch {
                        let error = try #require(error as? HTTPError)
                        let text = error.message + (error.cause ?? "")
                        #expect(text.contains("127.0.0.1:\(server.port)"))
                        #expect(!text.contains("pa55") && !text.contains("c0ffee"))
                    }
                }
            }
        }
    }
}

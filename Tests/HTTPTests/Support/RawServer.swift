import Foundation
import Glibc

/// A loopback server that says exactly the bytes a test wants, also wrong ones. Each connection has its own thread; what
/// was received is kept.
final class RawServer: @unchecked Sendable {
    struct Connection: Sendable {
        let descriptor: Int32

        func write(_ text: String) {
            let bytes = Array(text.utf8)
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                sent += count
            }
        }

        /// Blocks until the client goes away.
        func waitForEnd() {
            var byte: UInt8 = 0
            while recv(descriptor, &byte, 1, 0) > 0 {}
        }

        /// Closes with a TCP reset instead of a farewell.
        func reset() {
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        }
    }

    let port: UInt16
    /// The head of every request, in the order received.
    let heads: AsyncStream<String>
    var url: String { "http://127.0.0.1:\(port)" }

    private let descriptor: Int32
    private let continuation: AsyncStream<String>.Continuation

    init(backlog: Int32 = 64, answer: @escaping @Sendable (Connection, String) -> Void) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) | listen(descriptor, backlog)
                    | getsockname(descriptor, pointer, &length)
            }
        }
        guard status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        port = UInt16(bigEndian: address.sin_port)
        let (heads, continuation) = AsyncStream<String>.makeStream()
        (self.descriptor, self.heads, self.continuation) = (descriptor, heads, continuation)
        let listener = descriptor
        Thread.detachNewThread {
            while case let accepted = accept(listener, nil, nil), accepted >= 0 {
                Thread.detachNewThread {
                    let connection = Connection(descriptor: accepted)
                    let head = Self.readHead(accepted)
                    continuation.yield(head)
                    answer(connection, head)
                    close(accepted)
                }
            }
            close(listener)
        }
    }

    /// Unblocks the accepting thread, which closes the socket.
    func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        continuation.finish()
    }

    /// The head of the first request.
    func firstHead() async -> String? {
        for await head in heads { return head }
        return nil
    }

    private static func readHead(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while !bytes.suffix(4).elementsEqual([13, 10, 13, 10]), recv(descriptor, &byte, 1, 0) == 1 {
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

func withRawServer<Value>(
    answer: @escaping @Sendable (RawServer.Connection, String) -> Void, _ body: (RawServer) async throws -> Value
) async throws -> Value {
    let server = try RawServer(answer: answer)
    defer { server.stop() }
    return try await body(server)
}

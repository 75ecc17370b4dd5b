import Foundation
import Glibc

/// A connected socket that reads and writes whole messages, or breaks them on purpose.
struct WireConnection: Sendable {
    let descriptor: Int32

    /// Nil when the peer is gone.
    func readMessage() -> WireMessage? {
        var bytes = Data()
        let end = Data("\r\n\r\n".utf8)
        var headEnd: Data.Index?
        while headEnd == nil {
            guard let more = receive() else { return nil }
            bytes += more
            headEnd = bytes.range(of: end)?.upperBound
        }
        let head = String(decoding: bytes[..<headEnd!], as: UTF8.self)
        var message = WireMessage(head: head, body: Data(bytes[headEnd!...]))
        let length = Int(message.field("Content-Length") ?? "") ?? 0
        while message.body.count < length {
            guard let more = receive() else { return nil }
            message.body += more
        }
        return message
    }

    @discardableResult
    func write(_ data: Data) -> Bool {
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// One byte at a time until the peer has had enough.
    func dribble(_ data: Data) {
        for byte in data {
            guard write(Data([byte])) else { return }
            var events = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            // The pause between two bytes, ended early by the peer's leaving.
            if poll(&events, 1, 50) > 0 { return }
        }
    }

    func waitForEnd() {
        while receive() != nil {}
    }

    /// The close that follows is a TCP reset instead of a farewell.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private func receive() -> Data? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? Data(buffer[..<count]) : nil
    }
}

enum LoopbackSocket {
    static func listening() throws -> (Int32, UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = self.address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) | listen(descriptor, 256) | getsockname(descriptor, $0, &length)
            }
        }
        guard descriptor >= 0, status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    /// Unblocks whoever reads or accepts there.
    static func end(_ descriptor: Int32) { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Asks a server and reads one answer; nil when it gives none.
    static func exchange(_ request: WireMessage, port: UInt16) -> WireMessage? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var address = self.address(port: port)
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        let connection = WireConnection(descriptor: descriptor)
        guard status == 0, connection.write(request.bytes) else { return nil }
        return connection.readMessage()
    }

    private static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }
}

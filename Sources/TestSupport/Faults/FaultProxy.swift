import Foundation
import Glibc

/// Stands between a client and a server on loopback, passes bytes on as they are (a signature covers them) and spoils what its
/// rules name. Every connection has its own thread.
public final class FaultProxy: @unchecked Sendable {
    /// One request as it was seen.
    public struct Sighting: Hashable, Sendable {
        public let operation: String
        public let connection: Int
        public let invocation: String?
        public let wasSpoilt: Bool
    }

    public let port: UInt16
    public var url: String { "http://127.0.0.1:\(port)" }

    private let listener: Int32
    private let upstreamPort: UInt16
    private let lock = NSLock()
    private var rules: [(rule: FaultRule, seen: Int)] = []
    private var open: Set<Int32> = []
    private var accepted = 0
    private var log: [Sighting] = []
    private var cachedPages: [String: WireMessage] = [:]

    /// Throws when no port can be had.
    public init(upstreamPort: Int, rules: [FaultRule]) throws {
        self.upstreamPort = UInt16(upstreamPort)
        self.rules = rules.map { ($0, 0) }
        (listener, port) = try LoopbackSocket.listening()
        Thread.detachNewThread { [self] in acceptConnections() }
    }

    public var sightings: [Sighting] { lock.withLock { log } }

    /// Ends every connection, also those that hang.
    public func stop() {
        LoopbackSocket.end(listener)
        lock.withLock { open.forEach(LoopbackSocket.end) }
    }

    private func acceptConnections() {
        while case let descriptor = accept(listener, nil, nil), descriptor >= 0 {
            let number = lock.withLock {
                accepted += 1
                open.insert(descriptor)
                return accepted
            }
            Thread.detachNewThread { [self] in
                serve(WireConnection(descriptor: descriptor), number)
                lock.withLock { _ = open.remove(descriptor) }
                close(descriptor)
            }
        }
        close(listener)
    }

    private func serve(_ client: WireConnection, _ number: Int) {
        if strike("", where: { $0 == .resetOnAccept }) != nil { return client.reset() }
        var isReused = false
        while let request = client.readMessage() {
            let operation = request.operation
            let fault = strike(operation) { $0 != .resetOnAccept && ($0 != .staleKeepAlive || isReused) }
            lock.withLock {
                log.append(
                    Sighting(
                        operation: operation, connection: number, invocation: request.field("amz-sdk-invocation-id"),
                        wasSpoilt: fault != nil))
            }
            guard pass(request, to: client, spoiltBy: fault) else { return }
            isReused = true
        }
    }

    /// The fault for this request, counted.
    private func strike(_ operation: String, where fits: (Fault) -> Bool) -> Fault? {
        let rule: FaultRule? = lock.withLock {
            for index in rules.indices {
                let rule = rules[index].rule
                guard fits(rule.fault), rule.operation == nil || rule.operation == operation else { continue }
                rules[index].seen += 1
                let turn = rules[index].seen - rule.skipping
                if turn >= 1, turn <= rule.count { return rule }
            }
            return nil
        }
        rule?.onStrike?()
        return rule?.fault
    }

    /// False when the connection is over.
    private func pass(_ request: WireMessage, to client: WireConnection, spoiltBy fault: Fault?) -> Bool {
        if case .answer(let status, let headers, let body)? = fault {
            return client.write(WireMessage(status: status, headers: headers, body: Data(body.utf8)).bytes)
        }
        if fault == .staleKeepAlive { return false }
        if fault == .resetAfterRequest {
            client.reset()
            return false
        }
        if fault == .hang {
            client.waitForEnd()
            return false
        }
        if let token = request.pageToken, let page = lock.withLock({ cachedPages[token] }) {
            return client.write(page.bytes)
        }
        guard let answer = LoopbackSocket.exchange(request, port: upstreamPort) else { return false }
        switch fault {
        case .resetInBody:
            client.write(answer.firstHalf)
            client.reset()
            return false
        case .truncated:
            client.write(answer.firstHalf)
            return false
        case .truncatedUnannounced:
            client.write(answer.replacingField("content-length", with: nil).firstHalf)
            return false
        case .slowLoris:
            client.dribble(answer.bytes)
            return false
        case .duplicatePage:
            guard let token = answer.pageToken else { return client.write(answer.bytes) }
            lock.withLock { cachedPages["again-" + token] = answer }
            return client.write(answer.replacingPageToken("again-" + token).bytes)
        case .emptyPage:
            lock.withLock { cachedPages["after-the-empty-page"] = answer }
            return client.write(answer.emptied(nextToken: "after-the-empty-page").bytes)
        case .nullToken: return client.write(answer.replacingPageToken(nil).bytes)
        case .repeatedToken:
            return client.write(answer.replacingPageToken(request.pageToken ?? answer.pageToken).bytes)
        case .closeAfterAnswer:
            client.write(answer.bytes)
            return false
        case .chunked: return client.write(answer.chunked)
        case .withoutField(let name): return client.write(answer.replacingField(name, with: nil).bytes)
        case .date(let text): return client.write(answer.replacingField("date", with: text).bytes)
        default: return client.write(answer.bytes)
        }
    }
}

import FlyingFox
import FlyingSocks
import Glibc

/// FlyingFox writes header and body apart and leaves Nagle's algorithm on, so every answer on a kept-alive connection would
/// wait about 40 ms for an acknowledgement. Setting TCP_NODELAY before a socket first waits removes that.
struct LowLatencySocketPool<Base: AsyncSocketPool>: AsyncSocketPool {
    let base: Base

    func prepare() async throws { try await base.prepare() }
    func run() async throws { try await base.run() }

    func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
        // Fails on nothing but a socket that is already gone, which the wait itself reports.
        try? socket.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
        try await base.suspendSocket(socket, untilReadyFor: events)
    }
}

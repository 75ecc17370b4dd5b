import FinOps
import TestSupport
import Testing

@testable import AWS

/// The fault matrix behind TLS, where a broken line and a forged end look different: the figures of the calm run, or trouble.
@Suite struct TLSFaultTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        var fault: Fault?
        let tls: TLSFront.Fault
        let code: String
        var testDescription: String { name }
    }

    /// What happens to a connection once it is there.
    static let broken = [
        Row(name: "reset before the request", fault: .resetOnAccept, tls: .none, code: "reset"),
        Row(name: "reset after the request", fault: .resetAfterRequest, tls: .none, code: "reset"),
        Row(name: "reset in mid-body", fault: .resetInBody, tls: .none, code: "reset"),
        Row(name: "truncated body, then close_notify", fault: .truncated, tls: .none, code: "truncated"),
        Row(name: "truncated body without close_notify", fault: .truncated, tls: .noCloseNotify, code: "truncated"),
        Row(
            name: "truncated body of no announced length, then close_notify", fault: .truncatedUnannounced, tls: .none,
            code: "UnreadableAnswer"),
        Row(
            name: "truncated body of no announced length without close_notify", fault: .truncatedUnannounced,
            tls: .noCloseNotify, code: "UnreadableAnswer"),
        Row(name: "reset in the handshake", tls: .handshakeReset, code: "reset"),
    ]

    /// Who answers is not who was asked.
    static let refused = [
        Row(name: "a certificate for another host", tls: .wrongHost, code: "certificate"),
        Row(name: "an expired certificate", tls: .expired, code: "certificate"),
        Row(name: "a certificate of nobody's authority", tls: .unknownAuthority, code: "certificate"),
        Row(name: "a handshake refused with an alert", tls: .noSharedCipher, code: "tls"),
        Row(name: "a server that speaks no TLS", tls: .notTLS, code: "tls"),
    ]

    @Test(arguments: [TLSFront.Fault.none, .noCloseNotify])
    func `over sound TLS the figures are those of the calm run`(end: TLSFront.Fault) async throws {
        let calm = try await MonthFigures.calm.value
        try await FaultedWire.with {
            $0.tls = end
        } _: { wire in
            let figures = try await MonthFigures.read(wire.services)
            #expect(figures == calm)
            #expect(wire.services.meter.usage().retries == 0)
        }
    }

    @Test(arguments: broken)
    func `a connection that breaks twice leaves the figures of the calm run`(row: Row) async throws {
        let calm = try await MonthFigures.calm.value
        try await FaultedWire.with {
            $0.tls = row.tls
            $0.tlsConnections = row.fault == nil ? 2 : .max
            $0.rules = Self.rules(row, count: 2)
        } _: { wire in
            let figures = try await MonthFigures.read(wire.services)
            #expect(figures == calm)
            #expect(wire.services.meter.usage().retries >= 2)
            let paid = wire.services.meter.usage().costUSD
            #expect(paid == ExactDecimal(MonthFigures.queries.count + 1) * "0.01")
        }
    }

    @Test(arguments: broken)
    func `a connection that breaks every time is trouble by name`(row: Row) async throws {
        try await FaultedWire.with {
            $0.tls = row.tls
            $0.rules = Self.rules(row, count: FaultRule.always)
        } _: { wire in
            let trouble = await trouble { try await MonthFigures.read(wire.services) }
            #expect(trouble?.kind == .unreachable)
            #expect(trouble?.code == row.code, "\(String(describing: trouble))")
        }
    }

    @Test(arguments: refused)
    func `a peer that cannot prove who it is learns nothing`(row: Row) async throws {
        try await FaultedWire.with {
            $0.tls = row.tls
        } _: { wire in
            let trouble = await trouble { try await MonthFigures.read(wire.services) }
            #expect(trouble?.kind == .unreachable)
            #expect(trouble?.code == row.code, "\(String(describing: trouble))")
            #expect(trouble?.hint?.contains("AWS_CA_BUNDLE") == true)
            #expect(wire.proxy.sightings.isEmpty)
            #expect(wire.services.meter.usage().retries == 0)
        }
    }

    private static func rules(_ row: Row, count: Int) -> [FaultRule] {
        guard let fault = row.fault else { return [] }
        return [FaultRule(fault, on: fault == .resetOnAccept ? nil : FaultRow.cost, count: count)]
    }
}

import FinOps
import Foundation
import HTTP
import Testing

@testable import AWS

@Suite struct AssumeRoleTests {
    private let files = [
        "/home/ann/.aws/config": """
        [profile audit]
        role_arn = arn:aws:iam::111122223333:role/Reader
        source_profile = base
        external_id = a&b
        """,
        "/home/ann/.aws/credentials": "[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n",
    ]

    private func role(_ id: String, expires: String) -> ScriptedWire.Step {
        .json(
            """
            <AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>\(id)</AccessKeyId>\
            <SecretAccessKey>x</SecretAccessKey><SessionToken>t-\(id)</SessionToken><Expiration>\(expires)</Expiration>\
            </Credentials></AssumeRoleResult></AssumeRoleResponse>
            """)
    }

    @Test func `the role is taken on with the source's keys, once`() async throws {
        let wire = ScriptedWire([role("ASIA1", expires: "2026-03-10T10:00:00.123Z"), .identity, .identity])
        let services = try services(wire, environment: [:], profile: "audit", files: files)
        _ = try await services.identity.callerIdentity()
        _ = try await services.identity.callerIdentity()
        #expect(
            wire.requests[0].bodyText
                == "Action=AssumeRole&ExternalId=a%26b&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2FReader"
                + "&RoleSessionName=finops-monthly-1773133200&Version=2011-06-15")
        #expect(wire.requests.map { $0.headers["X-Amz-Security-Token"] } == [nil, "t-ASIA1", "t-ASIA1"])
        #expect(wire.requests[0].headers["Authorization"]?.contains("AKIABASE/") == true)
        #expect(services.meter.usage().calls == ["sts:AssumeRole": 1, "sts:GetCallerIdentity": 2])
    }

    @Test func `an expired session is taken on anew in mid-run`() async throws {
        let wire = ScriptedWire([
            role("ASIA1", expires: "2026-03-10T10:00:00Z"), .refusal("ExpiredToken", status: 403),
            role("ASIA2", expires: "2026-03-10T10:00:00Z"), .identity,
        ])
        let services = try services(wire, environment: [:], profile: "audit", files: files)
        _ = try await services.identity.callerIdentity()
        #expect(wire.requests.last?.headers["X-Amz-Security-Token"] == "t-ASIA2")
    }

    @Test func `a session about to end is renewed before it is used`() async throws {
        let clock = ManualClock()
        let wire = ScriptedWire([
            role("ASIA1", expires: "2026-03-10T10:00:00Z"), .identity, role("ASIA2", expires: "2026-03-10T11:00:00Z"),
            .identity,
        ])
        let services = try services(wire, environment: [:], profile: "audit", files: files, clock: clock)
        _ = try await services.identity.callerIdentity()
        clock.advance(seconds: 51 * 60)
        _ = try await services.identity.callerIdentity()
        #expect(wire.requests.map { $0.headers["X-Amz-Security-Token"] } == [nil, "t-ASIA1", nil, "t-ASIA2"])
    }

    @Test func `a refused role is trouble of the role`() async throws {
        let wire = ScriptedWire([.refusal("AccessDenied", status: 403)])
        let services = try services(wire, environment: [:], profile: "audit", files: files)
        let trouble = await trouble { try await services.identity.callerIdentity() }
        #expect(trouble?.operation == "sts:AssumeRole")
        #expect(trouble?.kind == .accessDenied)
    }
}

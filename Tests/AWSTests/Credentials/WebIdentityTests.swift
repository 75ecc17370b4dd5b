import FinOps
import HTTP
import Testing

@testable import AWS

@Suite struct WebIdentityTests {
    private let environment = [
        "AWS_WEB_IDENTITY_TOKEN_FILE": "/run/token", "AWS_ROLE_ARN": "arn:aws:iam::111122223333:role/Pod",
        "AWS_ROLE_SESSION_NAME": "pod-1",
    ]

    private func role(_ id: String, expires: String = "2026-03-10T10:00:00Z") -> ScriptedWire.Step {
        .json(
            """
            <AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>\
            <AccessKeyId>\(id)</AccessKeyId><SecretAccessKey>x</SecretAccessKey><SessionToken>t-\(id)</SessionToken>\
            <Expiration>\(expires)</Expiration></Credentials></AssumeRoleWithWebIdentityResult>\
            </AssumeRoleWithWebIdentityResponse>
            """)
    }

    @Test func `the token speaks for itself, without a signature`() async throws {
        let wire = ScriptedWire([role("ASIA1"), .identity])
        let services = try services(wire, environment: environment, files: ["/run/token": "a.b.c\n"])
        _ = try await services.identity.callerIdentity()
        #expect(wire.requests[0].headers["Authorization"] == nil)
        #expect(
            wire.requests[0].bodyText
                == "Action=AssumeRoleWithWebIdentity&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2FPod"
                + "&RoleSessionName=pod-1&Version=2011-06-15&WebIdentityToken=a.b.c")
        #expect(wire.requests[1].headers["X-Amz-Security-Token"] == "t-ASIA1")
        #expect(services.meter.usage().calls["sts:AssumeRoleWithWebIdentity"] == 1)
    }

    @Test func `an expired session in mid-run takes the token anew from its file`() async throws {
        let wire = ScriptedWire([role("ASIA1"), .refusal("ExpiredToken", status: 403), role("ASIA2"), .identity])
        let services = try services(wire, environment: environment, files: ["/run/token": "a.b.c"])
        _ = try await services.identity.callerIdentity()
        #expect(wire.requests.map { $0.headers["X-Amz-Security-Token"] } == [nil, "t-ASIA1", nil, "t-ASIA2"])
    }

    @Test func `the issuer out of reach is asked again`() async throws {
        let wire = ScriptedWire([.refusal("IDPCommunicationError"), role("ASIA1"), .identity])
        let services = try services(wire, environment: environment, files: ["/run/token": "a.b.c"])
        _ = try await services.identity.callerIdentity()
        #expect(services.meter.usage().retries == 1)
    }

    @Test func `a missing token and a refused one are trouble of signing in`() async throws {
        let missing = try services(ScriptedWire([.identity]), environment: environment)
        #expect(await trouble { try await missing.identity.callerIdentity() }?.code == "WebIdentityTokenMissing")
        let refused = try services(
            ScriptedWire([.refusal("ExpiredTokenException")]), environment: environment,
            files: ["/run/token": "a.b.c"])
        let trouble = await trouble { try await refused.identity.callerIdentity() }
        #expect(trouble?.kind == .notSignedIn && trouble?.operation == "sts:AssumeRoleWithWebIdentity")
        #expect(trouble?.hint?.contains("/run/token") == true)
        #expect(trouble?.message.contains("a.b.c") == false)
    }
}

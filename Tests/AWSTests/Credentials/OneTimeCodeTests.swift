import FinOps
import HTTP
import Testing

@testable import AWS

@Suite struct OneTimeCodeTests {
    private let files = [
        "/home/ann/.aws/config": """
        [profile audit]
        role_arn = arn:aws:iam::111122223333:role/Reader
        source_profile = base
        role_session_name = ann
        mfa_serial = arn:aws:iam::111122223333:mfa/ann
        """,
        "/home/ann/.aws/credentials": "[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n",
    ]
    private let role = ScriptedWire.Step.json(
        """
        <R><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>x</SecretAccessKey>\
        <SessionToken>t</SessionToken><Expiration>2026-03-10T10:00:00Z</Expiration></Credentials></R>
        """)

    @Test func `the person is asked once, by the name of the device`() async throws {
        let prompts = Locked<[String]>([])
        let wire = ScriptedWire([role, .identity, .identity])
        let services = try services(
            wire, environment: [:], profile: "audit", files: files,
            aids: SignInAids(askPerson: { prompt in
                prompts.withLock { $0.append(prompt) }
                return " 123456 "
            }))
        _ = try await services.identity.callerIdentity()
        _ = try await services.identity.callerIdentity()
        #expect(prompts.withLock { $0 } == ["Enter MFA code for arn:aws:iam::111122223333:mfa/ann: "])
        #expect(
            wire.requests[0].bodyText.contains(
                "SerialNumber=arn%3Aaws%3Aiam%3A%3A111122223333%3Amfa%2Fann&TokenCode=123456"))
    }

    @Test(arguments: [true, false])
    func `where nobody answers nothing is sent, and it is said`(hasTerminal: Bool) async throws {
        let wire = ScriptedWire([.identity])
        var aids = SignInAids()
        if hasTerminal { aids.askPerson = { _ in nil } }
        let services = try services(wire, environment: [:], profile: "audit", files: files, aids: aids)
        let trouble = await trouble { try await services.identity.callerIdentity() }
        #expect(trouble?.kind == .notSignedIn && trouble?.code == "MFACodeMissing")
        #expect(trouble?.message.contains(hasTerminal ? "none was given" : "nobody can be asked") == true)
        #expect(wire.requests.isEmpty)
    }
}

import FinOps
import Foundation
import HTTP
import Testing

@testable import AWS

@Suite struct ServiceConnectionTests {
    private let clock = ManualClock()

    private func identity(_ steps: [ScriptedWire.Step], _ environment: [String: String] = [:]) async throws
        -> (wire: ScriptedWire, services: AWSServices, trouble: Trouble?)
    {
        let wire = ScriptedWire(steps)
        let services = try services(
            wire, environment: staticKeys.merging(environment) { $1 }, clock: clock)
        return (wire, services, await trouble { try await services.identity.callerIdentity() })
    }

    @Test func `a question is signed for its service and region`() async throws {
        let (wire, _, trouble) = try await identity(
            [.identity], ["AWS_REGION": "eu-west-1", "AWS_SESSION_TOKEN": "tok"])
        #expect(trouble == nil)
        let request = try #require(wire.requests.first)
        #expect(request.url == "https://sts.eu-west-1.amazonaws.com/")
        #expect(request.bodyText == "Action=GetCallerIdentity&Version=2011-06-15")
        #expect(request.headers["Host"] == "sts.eu-west-1.amazonaws.com")
        #expect(request.headers["X-Amz-Security-Token"] == "tok")
        #expect(request.headers["X-Amz-Date"] == "20260310T090000Z")
        let authorization = request.headers["Authorization"] ?? ""
        #expect(authorization.contains("/20260310/eu-west-1/sts/aws4_request"))
        #expect(authorization.contains("host;x-amz-date;x-amz-security-token"))
    }

    @Test func `throttling and trouble are waited out under one invocation id, each attempt signed anew`() async throws
    {
        let (wire, services, trouble) = try await identity([
            .refusal("Throttling"), .failure(.reset), .json("", status: 503), .identity,
        ])
        #expect(trouble == nil)
        #expect(wire.requests.count == 4)
        #expect(Set(wire.requests.map { $0.headers["amz-sdk-invocation-id"] }).count == 1)
        #expect(wire.requests.map { $0.headers["amz-sdk-request"] } == (1...4).map { "attempt=\($0); max=5" })
        #expect(Set(wire.requests.map { $0.headers["Authorization"] }).count == 4)
        #expect(clock.sleptMilliseconds == [501, 50, 100].map { $0 })
        #expect(services.meter.usage() == APIUsage(calls: ["sts:GetCallerIdentity": 1], retries: 3))
    }

    @Test func `patience ends, and the trouble says how often was asked`() async throws {
        let (wire, services, trouble) = try await identity([.refusal("ThrottlingException")])
        #expect(wire.requests.count == 5)
        #expect(trouble?.kind == .throttled)
        #expect(trouble?.code == "ThrottlingException")
        #expect(trouble?.operation == "sts:GetCallerIdentity")
        #expect(trouble?.requestID == "request-1")
        #expect(trouble?.message == "scripted (asked 5 times)")
        #expect(services.meter.usage().retries == 4)
    }

    @Test func `no wait goes past the deadline`() async throws {
        let (wire, _, trouble) = try await identity([
            .refusal("Throttling", ["Retry-After": "90"]), .refusal("Throttling", ["Retry-After": "90"]),
        ])
        #expect(trouble?.kind == .throttled)
        #expect(wire.requests.count == 2)
        #expect(clock.sleptMilliseconds == [90_000])
    }

    @Test(arguments: ["", "<html>sign in</html>", "{\"half\":", "<GetCallerIdentityResponse/>"])
    func `an empty or garbled 200 is asked again and never becomes an answer`(body: String) async throws {
        let (wire, services, trouble) = try await identity([.json(body)])
        #expect(wire.requests.count == 5)
        #expect(trouble?.kind == .unreachable)
        #expect(trouble?.code == (body.isEmpty ? "EmptyAnswer" : "UnreadableAnswer"))
        #expect(services.meter.usage().costUSD == .zero)
        let (_, _, passing) = try await identity([.json(body), .identity])
        #expect(passing == nil)
    }

    @Test func `a refusal that waiting cannot mend is not repeated`() async throws {
        let (wire, _, trouble) = try await identity([.refusal("AccessDenied", status: 403)])
        #expect(wire.requests.count == 1)
        #expect(trouble?.kind == .accessDenied)
        #expect(trouble?.hint == "allow sts:GetCallerIdentity for this identity")
    }

    @Test func `an expired token of the environment ends at once, with the remedy`() async throws {
        let (wire, _, trouble) = try await identity([.refusal("ExpiredToken", status: 403), .identity])
        #expect(wire.requests.count == 1)
        #expect(trouble?.kind == .notSignedIn)
        #expect(trouble?.hint == "the keys in the environment are no longer good: set new ones")
    }

    @Test func `keys renewed in the file in mid-run are found, and the request is replayed once`() async throws {
        let path = "/home/ann/.aws/credentials"
        let reads = Locked(0)
        let files = SettingsFiles { asked in
            guard asked == path else { return nil }
            let count = reads.withLock {
                $0 += 1; return $0
            }
            return "[default]\naws_access_key_id = AKIA\(count > 2 ? 2 : 1)\naws_secret_access_key = s\n"
        }
        let wire = ScriptedWire([.refusal("ExpiredTokenException"), .identity])
        let services = AWSServices(
            try ResolvedSettings(
                profile: nil, region: nil, endpointURL: nil, environment: [:], homeDirectory: "/home/ann", files: files),
            http: wire, clock: clock, randomness: ConstantRandomness(), memo: MemoryMemo(), hashing: TestHashing())
        _ = try await services.identity.callerIdentity()
        #expect(wire.requests.map { $0.headers["Authorization"]?.contains("AKIA2/") } == [false, true])
        #expect(wire.requests[1].headers["amz-sdk-request"] == "attempt=1; max=5")
    }

    @Test func `expired again after renewal is trouble of the profile`() async throws {
        let wire = ScriptedWire([.refusal("ExpiredToken")])
        let services = try services(
            wire, environment: [:], profile: "billing",
            files: ["/home/ann/.aws/credentials": "[billing]\naws_access_key_id=A\naws_secret_access_key=s\n"])
        let trouble = await trouble { try await services.identity.callerIdentity() }
        #expect(wire.requests.count == 1)
        #expect(trouble?.hint?.hasPrefix("renew the keys of profile billing") == true)
    }

    @Test func `a wrong clock is read from the answer, corrected for signing, and reported`() async throws {
        let date: HTTPHeaders = ["Date": "Tue, 10 Mar 2026 08:30:00 GMT"]
        let (wire, services, trouble) = try await identity([
            .refusal("RequestTimeTooSkewed", status: 403, date), .identity,
        ])
        #expect(trouble == nil)
        #expect(wire.requests.map { $0.headers["X-Amz-Date"] } == ["20260310T090000Z", "20260310T083000Z"])
        #expect(services.clockSkewSeconds() == 1_800)
    }

    @Test func `a bad signature under a right clock is not blamed on the clock`() async throws {
        let date: HTTPHeaders = ["Date": "Tue, 10 Mar 2026 09:00:01 GMT"]
        let (wire, services, trouble) = try await identity([.refusal("SignatureDoesNotMatch", status: 403, date)])
        #expect(wire.requests.count == 1)
        #expect(trouble?.kind == .notSignedIn)
        #expect(services.clockSkewSeconds() == -1)
    }

    @Test func `no keys is trouble of sign-in, and nothing is sent`() async throws {
        let wire = ScriptedWire([.identity])
        let services = try services(wire, environment: ["AWS_EC2_METADATA_DISABLED": "true"])
        let trouble = await trouble { try await services.identity.callerIdentity() }
        #expect(trouble?.kind == .notSignedIn)
        #expect(trouble?.code == "NoCredentials")
        #expect(wire.requests.isEmpty)
        #expect(services.meter.usage() == APIUsage())
    }

    @Test func `a cancelled request ends the question, without trouble`() async throws {
        let wire = ScriptedWire([.failure(.cancelled)])
        let services = try services(wire)
        await #expect(throws: CancellationError.self) { try await services.identity.callerIdentity() }
        #expect(wire.requests.count == 1)
    }

    @Test func `a certificate that is not trusted is not tried twice`() async throws {
        let (wire, _, trouble) = try await identity([.failure(.certificate)])
        #expect(wire.requests.count == 1)
        #expect(trouble?.kind == .unreachable)
        #expect(trouble?.hint?.contains("AWS_CA_BUNDLE") == true)
    }
}

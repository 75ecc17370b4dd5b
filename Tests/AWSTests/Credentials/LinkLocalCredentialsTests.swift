import FinOps
import Foundation
import HTTP
import Testing

@testable import AWS

/// Containers and EC2, over real sockets.
@Suite struct LinkLocalCredentialsTests {
    private static let later = "2026-03-10T15:00:00Z"

    @Test func `a container's keys come with its token, read anew each time`() async throws {
        try await withKeyServer { _ in
            .keys("ASIACONTAINER", expires: Self.later)
        } _: { url, asked in
            let files = SettingsFiles.memory(["/run/token": "secret-one"])
            let environment = [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": url + "/keys?x=1",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/run/token",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": "not this one",
            ]
            try await withPatientHTTP { http in
                let first = try await keys(http, environment: environment, files: files)
                #expect(first.accessKeyID == "ASIACONTAINER" && first.sessionToken == "t")
                #expect(first.expiration == Timestamp(Self.later))
                try files.replace("/run/token", "secret-two")
                _ = try await keys(http, environment: environment, files: files)
            }
            let questions = asked.withLock { $0 }
            #expect(questions.map(\.line) == ["GET /keys?x=1", "GET /keys?x=1"])
            #expect(questions.map { $0.headers["authorization"] } == ["secret-one", "secret-two"])
        }
    }

    @Test func `a token of two lines is refused and not sent`() async throws {
        try await withKeyServer { _ in
            .keys("ASIA", expires: Self.later)
        } _: { url, asked in
            let environment = [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": url, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "a\r\nX: y",
            ]
            await #expect(throws: InputError.self) {
                try await withPatientHTTP { try await keys($0, environment: environment, files: .memory([:])) }
            }
            #expect(asked.withLock { $0.isEmpty })
        }
    }

    @Test func `a proxy never sees what a container asks`() async throws {
        try await withKeyServer { _ in
            .keys("ASIADIRECT", expires: Self.later)
        } _: { url, _ in
            var settings = HTTPSettings()
            // Nothing listens there.
            settings.proxies = HTTPProxies(forHTTP: "http://127.0.0.1:1", forHTTPS: "http://127.0.0.1:1")
            let client = try HTTPClient(settings)
            defer { client.shutdown() }
            let http = PatientWire(http: client)
            let environment = ["AWS_CONTAINER_CREDENTIALS_FULL_URI": url]
            #expect(
                try await keys(http, environment: environment, files: .memory([:])).accessKeyID == "ASIADIRECT")
        }
    }

    @Test func `EC2 is asked by version 2, with a token`() async throws {
        try await withKeyServer {
            switch $0.line {
            case "PUT /latest/api/token": LoopbackAnswer(body: "imds-token")
            case "GET /latest/meta-data/iam/security-credentials/": LoopbackAnswer(body: "reader\n")
            case "GET /latest/meta-data/iam/security-credentials/reader": .keys("ASIAEC2", expires: Self.later)
            default: LoopbackAnswer(status: 404, body: "")
            }
        } _: { url, asked in
            let environment = ["AWS_EC2_METADATA_SERVICE_ENDPOINT": url + "/"]
            let found = try await withPatientHTTP { try await keys($0, environment: environment, files: .memory([:])) }
            #expect(found.accessKeyID == "ASIAEC2")
            let questions = asked.withLock { $0 }
            #expect(questions.count == 3)
            #expect(questions[0].headers["x-aws-ec2-metadata-token-ttl-seconds"] == "21600")
            #expect(questions.dropFirst().allSatisfy { $0.headers["x-aws-ec2-metadata-token"] == "imds-token" })
        }
    }

    @Test func `keys that EC2 renews late are kept for a while`() async throws {
        try await withKeyServer {
            $0.line.hasSuffix("/reader")
                ? .keys("ASIALATE", expires: "2026-03-10T08:00:00Z") : LoopbackAnswer(body: "reader")
        } _: { url, _ in
            let environment = ["AWS_EC2_METADATA_SERVICE_ENDPOINT": url]
            let found = try await withPatientHTTP { try await keys($0, environment: environment, files: .memory([:])) }
            let now = Timestamp("2026-03-10T09:00:00Z")!
            #expect(found.expires(before: now.adding(seconds: CredentialStore.renewalMarginSeconds)) == false)
        }
    }

    @Test(arguments: [(404, "the instance has no role"), (403, "switched off"), (500, "HTTP500")])
    func `EC2 without keys is told with everything that was tried`(status: Int, words: String) async throws {
        try await withKeyServer { _ in
            LoopbackAnswer(status: status, body: "")
        } _: { url, _ in
            let trouble = await trouble {
                try await withPatientHTTP {
                    try await keys(
                        $0, environment: ["AWS_EC2_METADATA_SERVICE_ENDPOINT": url], files: .memory([:]))
                }
            }
            #expect(trouble?.kind == .notSignedIn && trouble?.code == "NoCredentials")
            for place in [
                "AWS_ACCESS_KEY_ID", "/home/ann/.aws/config", "AWS_WEB_IDENTITY_TOKEN_FILE", "container", words,
            ] {
                #expect(trouble?.message.contains(place) == true, "\(place) in \(trouble?.message ?? "")")
            }
        }
    }

    @Test func `nobody at EC2's address is the same trouble`() async throws {
        let wire = ScriptedWire([.failure(.connect)])
        let trouble = await trouble { try await keys(wire, files: .memory([:])) }
        #expect(trouble?.message.contains("nobody answers at http://169.254.169.254") == true)
        #expect(wire.requests.count == 1)
        #expect(wire.requests[0].deadlineSeconds == 1 && wire.requests[0].isDirect)
    }

    @Test func `nothing is sent while a cheaper way has keys`() async throws {
        let wire = ScriptedWire([.identity])
        let found = try await keys(wire, environment: staticKeys, files: .memory([:]))
        #expect(found.accessKeyID == staticKeys["AWS_ACCESS_KEY_ID"])
        #expect(wire.requests.isEmpty)
    }

    @Test func `on a machine that is not EC2 the wait is short`() throws {
        let elsewhere = SettingsFiles.memory(["/sys/class/dmi/id/sys_vendor": "LENOVO\n"])
        let cloud = SettingsFiles.memory(["/sys/class/dmi/id/sys_vendor": "Amazon EC2\n"])
        func seconds(_ files: SettingsFiles, _ environment: [String: String] = [:]) throws -> Double? {
            try InstanceMetadataEndpoint(environment: environment, profile: nil, files: files)?.deadlineSeconds
        }
        #expect(try seconds(elsewhere) == 0.2)
        #expect(try seconds(cloud) == 1)
        #expect(try seconds(elsewhere, ["AWS_METADATA_SERVICE_TIMEOUT": "5"]) == 5)
        #expect(
            inputError { try seconds(cloud, ["AWS_METADATA_SERVICE_TIMEOUT": "soon"]) }?.code
                == "invalid_metadata_limit")
        let six = try InstanceMetadataEndpoint(
            environment: ["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv6"], profile: nil, files: cloud)
        #expect(six?.baseURL == "http://[fd00:ec2::254]")
    }
}

import Foundation
import SigV4
import Testing

/// botocore signs the same odd requests; the `Authorization` headers must be the same, letter by letter.
@Suite struct BotocoreOracleTests {
    private struct Case: Encodable {
        let method: String
        let service: String
        let region: String
        let url: String
        let headers: [String: String]
        let body: String
        let token: String?
    }

    @Test func `botocore makes the same signatures`() async throws {
        let cases = Self.cases
        #expect(cases.count >= 50)
        let expected = try await Self.oracle(cases)
        #expect(expected.count == cases.count)
        for (odd, authorization) in zip(cases, expected) {
            #expect(try Self.sign(odd) == authorization, "\(odd.method) \(odd.service) \(odd.url)")
        }
    }

    private static var cases: [Case] {
        let paths = [
            "/", "/a/b", "/a%20b", "/a%2Fb", "/k=v/year=2026", "/a+b", "/~x._-", "/%E1%88%B4", "/a%2520b", "/a:b@c,d",
        ]
        let queries = ["", "b=2&a=1", "a=1&a=0", "a=", "x=%2F%2B%3D%20&Z=1", "a=1%26b&aa=1&a-b=3"]
        var cases: [Case] = []
        for (number, path) in paths.enumerated() {
            for (index, query) in queries.enumerated() {
                let service = ["ce", "sts", "s3", "organizations", "execute-api"][(number + index) % 5]
                // For S3, botocore takes the path as it stands, and only ever sends names escaped in full.
                let path = service == "s3" ? Self.escaped(path) : path
                cases.append(
                    Case(
                        method: ["GET", "POST", "PUT"][(number + index) % 3], service: service,
                        region: ["us-east-1", "ap-southeast-6"][index % 2],
                        url: "https://\(service).example.com:8443\(path)" + (query.isEmpty ? "" : "?\(query)"),
                        headers: [
                            "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "Service.Operation",
                            "X-Odd": "  two   words ", "User-Agent": "changes on the way",
                        ], body: index == 0 ? "" : "{\"Kōwhai\":\(index)}", token: number % 2 == 0 ? nil : "to/k+en=="))
            }
        }
        return cases
    }

    private static func escaped(_ path: String) -> String {
        [("=", "%3D"), ("+", "%2B"), (":", "%3A"), ("@", "%40"), (",", "%2C")].reduce(path) {
            $0.replacingOccurrences(of: $1.0, with: $1.1)
        }
    }

    private static func sign(_ odd: Case) throws -> String {
        let afterHost = try #require(odd.url.range(of: ":8443")).upperBound
        let target = odd.url[afterHost...].split(separator: "?", maxSplits: 1).map(String.init)
        let headers = odd.headers.map { WireRequest.Header($0.key, $0.value) }
        let request = WireRequest(
            method: odd.method, path: target[0], query: target.count == 2 ? target[1] : "",
            headers: headers + [.init("Host", "\(odd.service).example.com:8443")], body: Data(odd.body.utf8))
        let signer = Signer(
            SigningCredentials(accessKeyID: "AKID", secretAccessKey: "secret/+=", sessionToken: odd.token),
            region: odd.region, service: odd.service)
        let added = signer.headers(signing: request, at: try #require(SigningTime("20260310T101112Z")))
        return try #require(added.last { $0.name == "Authorization" }).value
    }

    private static func oracle(_ cases: [Case]) async throws -> [String] {
        let interpreter = ProcessInfo.processInfo.environment["FINOPS_TEST_PYTHON"] ?? "python3"
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("botocore_oracle.py")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [interpreter, script.path]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        let (end, signal) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = {
            signal.yield($0.terminationStatus)
            signal.finish()
        }
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(cases))
        try input.fileHandleForWriting.close()
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        for await status in end {
            try #require(
                status == 0,
                "botocore did not sign: run `\(interpreter) -m pip install botocore` or set FINOPS_TEST_PYTHON")
        }
        return try JSONDecoder().decode([String].self, from: answer)
    }
}

import Testing

@testable import AWS

@Suite struct ConflictingSettingsTests {
    private func warnings(_ environment: [String: String], flag: String? = nil) throws -> [String] {
        let files = ["/home/ann/.aws/credentials": "[a]\naws_access_key_id = k\naws_secret_access_key = s\n"]
        return try ResolvedSettings(
            profile: flag, region: nil, endpointURL: nil, environment: environment, homeDirectory: "/home/ann",
            files: .memory(files)
        ).description.warnings
    }

    @Test func `agreement is silent`() throws {
        let environment = staticKeys.merging(["AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1"]) { $1 }
        #expect(try warnings(environment).isEmpty)
        #expect(try warnings([:]).isEmpty)
    }

    @Test func `each contradiction is named with what counts`() throws {
        #expect(
            try warnings(["AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "eu-west-1"]) == [
                "AWS_REGION is us-east-1 and AWS_DEFAULT_REGION is eu-west-1: AWS_REGION counts here"
            ])
        #expect(
            try warnings(["AWS_PROFILE": "a", "AWS_DEFAULT_PROFILE": "b"]) == [
                "AWS_PROFILE is a and AWS_DEFAULT_PROFILE is b: AWS_PROFILE counts here"
            ])
        #expect(
            try warnings(staticKeys.merging(["AWS_PROFILE": "a"]) { $1 }) == [
                "AWS_PROFILE names profile a, but the keys in the environment count; `--profile` overrules them"
            ])
        #expect(
            try warnings(["AWS_ACCESS_KEY_ID": "x"], flag: "a") == [
                "AWS_ACCESS_KEY_ID is set without its other half; --profile counts instead"
            ])
        #expect(
            try warnings(staticKeys, flag: "a") == ["there are keys in the environment; --profile counts instead"])
        #expect(
            try warnings(["AWS_SESSION_TOKEN": "x"]) == ["AWS_SESSION_TOKEN is set without keys, and is not used"])
        #expect(
            try warnings(staticKeys.merging(["AWS_SESSION_TOKEN": "x", "AWS_SECURITY_TOKEN": "y"]) { $1 }) == [
                "AWS_SESSION_TOKEN and AWS_SECURITY_TOKEN differ: AWS_SESSION_TOKEN counts here"
            ])
    }
}

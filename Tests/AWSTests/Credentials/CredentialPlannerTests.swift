import FinOps
import Testing

@testable import AWS

@Suite struct CredentialPlannerTests {
    private func plan(
        _ config: String = "", credentials: String = "", environment: [String: String] = [:], flag: String? = nil
    ) throws -> CredentialPlan {
        try CredentialPlanner(
            environment: environment, configuration: try configuration(config: config, credentials: credentials),
            selection: ProfileSelection(flag: flag, environment: environment)
        ).plan()
    }

    private let role = "role_arn = arn:aws:iam::111122223333:role/Reader\n"
    private let keys = "aws_access_key_id = AKIA1\naws_secret_access_key = s\n"

    @Test func `keys of the environment beat a profile of the environment, not one of a flag`() throws {
        let environment = staticKeys.merging(["AWS_PROFILE": "a"]) { $1 }
        #expect(try plan(credentials: "[a]\n" + keys, environment: environment) == .environment)
        #expect(
            try plan(credentials: "[a]\n" + keys, environment: environment, flag: "a")
                == .sharedFile(profile: "a", path: "/home/ann/.aws/credentials"))
    }

    @Test(arguments: ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
    func `half a pair is an error`(name: String) {
        let error = inputError { try plan(credentials: "[default]\n" + keys, environment: [name: "x"]) }
        #expect(error?.code == "half_credentials")
        #expect(error?.hint == "set both, or unset \(name)")
    }

    @Test func `roles are taken on through chains of profiles`() throws {
        let plan = try plan(
            "[profile a]\n\(role)source_profile = b\nexternal_id = e\nduration_seconds = 900\nrole_session_name = me\n"
                + "[profile b]\n\(role)source_profile = c\n[profile c]\n" + keys,
            flag: "a")
        guard case .assumeRole(let outer, .assumeRole(let inner, let source)) = plan else {
            Issue.record("not a chain: \(plan)")
            return
        }
        #expect(outer.externalID == "e" && outer.durationSeconds == 900 && outer.sessionName == "me")
        #expect(inner.profile == "b" && inner.sessionName == nil)
        #expect(source == .sharedFile(profile: "c", path: "/home/ann/.aws/config"))
    }

    @Test func `a profile may name itself only when it has keys`() throws {
        let own = try plan("[profile a]\n\(role)source_profile = a\n" + keys, flag: "a")
        guard case .assumeRole(_, .sharedFile(profile: "a", _)) = own else {
            Issue.record("not its own keys: \(own)")
            return
        }
        #expect(inputError { try plan("[profile a]\n\(role)source_profile = a\n", flag: "a") }?.code == "role_cycle")
    }

    @Test func `a circle of roles is an error that shows the circle`() {
        let error = inputError {
            try plan("[profile a]\n\(role)source_profile = b\n[profile b]\n\(role)source_profile = a\n", flag: "a")
        }
        #expect(error?.code == "role_cycle")
        #expect(error?.summary.contains("a → b → a") == true)
    }

    @Test(arguments: [
        ("", "role_without_source"),
        ("source_profile = b\ncredential_source = Environment\n", "role_with_two_sources"),
        ("source_profile = nobody\n", "unknown_profile"), ("source_profile = b\n", "no_credentials_in_source"),
        ("credential_source = Environment\n", "no_credentials_in_source"),
        ("credential_source = Moon\n", "invalid_credential_source"),
        ("credential_source = Ec2InstanceMetadata\n", "unsupported_credentials"),
        ("source_profile = k\nduration_seconds = 60\n", "invalid_duration_seconds"),
        ("source_profile = k\nrole_session_name = a b\n", "invalid_role_session_name"),
        ("source_profile = k\nrole_arn = Reader\n", "invalid_role_arn"),
        ("source_profile = k\nmfa_serial = arn:aws:iam::1:mfa/x\n", "unsupported_credentials"),
        ("web_identity_token_file = /t\n", "unsupported_credentials"),
    ])
    func `a role that cannot be taken on is refused by name`(settings: String, code: String) {
        let files = "[profile a]\n\(role)\(settings)[profile b]\nregion = x\n[profile k]\n" + keys
        #expect(inputError { try plan(files, flag: "a") }?.code == code)
    }

    @Test(arguments: [
        "sso_session = corp\n", "sso_start_url = https://x\n", "login_session = l\n",
        "credential_process = /bin/true\n",
    ])
    func `other ways to sign in are recognised and refused, never passed over`(setting: String) {
        let error = inputError { try plan("[profile a]\n\(setting)\(keys)", flag: "a") }
        #expect(error?.code == "unsupported_credentials")
        #expect(error?.hint?.contains("aws configure export-credentials --profile a") == true)
    }

    @Test(arguments: [
        "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ])
    func `an environment that asks for another way is refused`(name: String) {
        #expect(inputError { try plan(environment: [name: "/x"]) }?.code == "unsupported_credentials")
    }

    @Test func `nothing found is told with what was looked at`() throws {
        guard case .nothing(let lookedAt) = try plan() else {
            Issue.record("keys out of nowhere")
            return
        }
        #expect(lookedAt.count == 2)
    }

    @Test func `keys never show in a description`() {
        let keys = Credentials(accessKeyID: "AKIASECRETID", secretAccessKey: "topsecret", sessionToken: "token")
        var text = ""
        dump(keys, to: &text)
        #expect(!"\(keys)\(text)".contains("topsecret"))
        #expect(!"\(keys)".contains("AKIASECRETID"))
    }
}

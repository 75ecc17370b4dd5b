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
        ("credential_source = EcsContainer\n", "no_credentials_in_source"),
        ("source_profile = k\nduration_seconds = 60\n", "invalid_duration_seconds"),
        ("source_profile = r\nduration_seconds = 7200\n", "invalid_duration_seconds"),
        ("source_profile = k\nrole_session_name = a b\n", "invalid_role_session_name"),
        ("source_profile = k\nrole_arn = Reader\n", "invalid_role_arn"),
    ])
    func `a role that cannot be taken on is refused by name`(settings: String, code: String) {
        let files =
            "[profile a]\n\(role)\(settings)[profile b]\nregion = x\n[profile k]\n" + keys
            + "[profile r]\n\(role)source_profile = k\n"
        #expect(inputError { try plan(files, flag: "a") }?.code == code)
    }

    @Test func `written keys of a source count before its role`() throws {
        let plan = try plan(
            "[profile a]\n\(role)source_profile = b\n[profile b]\n\(role)source_profile = nobody\n" + keys, flag: "a")
        guard case .assumeRole(_, .sharedFile(profile: "b", _)) = plan else {
            Issue.record("not the keys of b: \(plan)")
            return
        }
    }

    @Test func `a one-time code is part of the plan`() throws {
        let plan = try plan(
            "[profile a]\n\(role)source_profile = k\nmfa_serial = arn:aws:iam::1:mfa/ann\n[profile k]\n" + keys,
            flag: "a")
        guard case .assumeRole(let role, _) = plan else {
            Issue.record("not a role: \(plan)")
            return
        }
        #expect(role.mfaSerial == "arn:aws:iam::1:mfa/ann")
        #expect(plan.description.contains("one-time code"))
    }

    private let session = """
        [sso-session corp]
        sso_start_url = https://corp.example/start
        sso_region = ap-southeast-2

        """
    private let account = "sso_account_id = 111122223333\nsso_role_name = Reader\n"

    @Test func `single sign-on is read in both forms`() throws {
        let new = try plan("\(session)[profile a]\nsso_session = corp\n\(account)", flag: "a")
        #expect(
            new
                == .singleSignOn(
                    .init(
                        profile: "a", session: "corp", startURL: "https://corp.example/start", region: "ap-southeast-2",
                        accountID: "111122223333", roleName: "Reader")))
        let old = try plan(
            "[profile a]\nsso_start_url = https://old\nsso_region = us-east-1\n\(account)", flag: "a")
        guard case .singleSignOn(let request) = old else {
            Issue.record("not single sign-on: \(old)")
            return
        }
        #expect(request.session == nil && request.startURL == "https://old")
        #expect(request.loginCommand == "aws sso login --profile a")
    }

    @Test(arguments: [
        ("sso_session = crop\n", "unknown_sso_session"), ("", "incomplete_sso_settings"),
        ("sso_session = corp\nsso_region = us-east-1\n", "conflicting_sso_settings"),
    ])
    func `single sign-on that is half said is refused by name`(settings: String, code: String) {
        #expect(inputError { try plan("\(session)[profile a]\n\(settings)\(account)", flag: "a") }?.code == code)
    }

    /// Each way alone, and what beats it. The order is botocore's.
    @Test func `the ways to sign in have an order`() throws {
        let web = "web_identity_token_file = /t\n" + role
        let single = "sso_start_url = https://x\nsso_region = us-east-1\n" + account
        let login = "login_session = l\n"
        let process = "credential_process = /bin/keys 'a b'\n"
        func kind(_ text: String, credentials: String = "") throws -> String {
            switch try plan("[profile a]\n" + text, credentials: credentials, flag: "a") {
            case .webIdentity: "web identity"
            case .singleSignOn: "single sign-on"
            case .sharedFile(_, let path): path.hasSuffix("credentials") ? "credentials" : "config"
            case .login: "login"
            case .process(let request): request.command == ["/bin/keys", "a b"] ? "process" : "another process"
            default: "other"
            }
        }
        let written = "[a]\n" + keys
        #expect(try kind(web + single + login + process + keys, credentials: written) == "web identity")
        #expect(try kind(single + login + process + keys, credentials: written) == "single sign-on")
        #expect(try kind(login + process + keys, credentials: written) == "credentials")
        #expect(try kind(login + process + keys) == "login")
        #expect(try kind(process + keys) == "process")
        #expect(try kind(keys) == "config")
    }

    @Test func `web identity of the environment counts, unless a flag names the profile`() throws {
        let environment = [
            "AWS_WEB_IDENTITY_TOKEN_FILE": "/t", "AWS_ROLE_ARN": "arn:aws:iam::111122223333:role/Pod",
        ]
        #expect(
            try plan(credentials: "[default]\n" + keys, environment: environment)
                == .webIdentity(
                    .init(
                        profile: nil, roleARN: "arn:aws:iam::111122223333:role/Pod", sessionName: nil, tokenFile: "/t"))
        )
        #expect(
            try plan(credentials: "[default]\n" + keys, environment: environment, flag: "default")
                == .sharedFile(profile: "default", path: "/home/ann/.aws/credentials"))
        let error = inputError { try plan(environment: ["AWS_WEB_IDENTITY_TOKEN_FILE": "/t"]) }
        #expect(error?.code == "web_identity_without_role")
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080/keys", true), ("http://localhost/keys", true), ("https://example.com/keys", true),
        ("http://169.254.170.23/v1", true), ("http://[fd00:ec2::23]/v1", true), ("http://[::1]:1/", true),
        ("http://example.com/keys", false), ("http://127.0.0.1.example.com/", false), ("ftp://localhost/", false),
        ("http://127.0.0.1@example.com/", false), ("http://169.254.169.254/", false),
    ])
    func `a container's keys are asked of near addresses only`(url: String, isAllowed: Bool) throws {
        let environment = ["AWS_CONTAINER_CREDENTIALS_FULL_URI": url]
        if isAllowed {
            guard case .container(let endpoint) = try plan(environment: environment) else {
                Issue.record("not the container")
                return
            }
            #expect(endpoint.url == url)
            #expect(!endpoint.shownURL.contains("keys"))
        } else {
            #expect(inputError { try plan(environment: environment) }?.code == "invalid_container_endpoint")
        }
    }

    @Test func `a credential source names container or instance`() throws {
        let files =
            "[profile a]\n\(role)credential_source = EcsContainer\n[profile i]\n\(role)credential_source = Ec2InstanceMetadata\n"
        let task = try plan(files, environment: ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/x"], flag: "a")
        guard case .assumeRole(_, .container(let endpoint)) = task else {
            Issue.record("not the container: \(task)")
            return
        }
        #expect(endpoint.url == "http://169.254.170.2/v2/x")
        guard case .assumeRole(_, .instanceMetadata(let metadata, lookedAt: [])) = try plan(files, flag: "i") else {
            Issue.record("not the instance")
            return
        }
        #expect(metadata.baseURL == "http://169.254.169.254")
    }

    @Test func `EC2 is asked last, and not where it is switched off`() throws {
        guard case .instanceMetadata(let endpoint, let lookedAt) = try plan() else {
            Issue.record("not the instance")
            return
        }
        #expect(endpoint.deadlineSeconds == 1 && endpoint.attempts == 1)
        #expect(lookedAt.count == 4)
        guard case .nothing = try plan(environment: ["AWS_EC2_METADATA_DISABLED": "true"]) else {
            Issue.record("asked although it is switched off")
            return
        }
    }

    @Test func `nothing found is told with what was looked at`() throws {
        guard case .nothing(let lookedAt) = try plan(environment: ["AWS_EC2_METADATA_DISABLED": "true"]) else {
            Issue.record("keys out of nowhere")
            return
        }
        #expect(lookedAt.count == 5)
        #expect(lookedAt.last?.contains("switched off") == true)
    }

    @Test func `keys never show in a description`() {
        let keys = Credentials(accessKeyID: "AKIASECRETID", secretAccessKey: "topsecret", sessionToken: "token")
        var text = ""
        dump(keys, to: &text)
        #expect(!"\(keys)\(text)".contains("topsecret"))
        #expect(!"\(keys)".contains("AKIASECRETID"))
    }
}

/// One state of AWS's files and variables.
struct ConfigurationCase: Encodable {
    let name: String
    var config = ""
    var credentials = ""
    var environment: [String: String] = [:]
    /// As a flag names it.
    var profile: String?

    private enum CodingKeys: String, CodingKey { case name, config, credentials, environment, profile }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(config, forKey: .config)
        try container.encode(credentials, forKey: .credentials)
        try container.encode(environment, forKey: .environment)
        // botocore wants to see that there is none.
        try container.encode(profile, forKey: .profile)
    }

    private static func keys(_ id: String) -> String {
        "aws_access_key_id = AKIA\(id)\naws_secret_access_key = secret-\(id)\n"
    }

    private static let variables = ["AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "secret-env"]
    private static let role = "role_arn = arn:aws:iam::111122223333:role/Reader\n"
    private static let sso =
        "sso_start_url = https://x\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = Reader\n"
    private static let session = "[sso-session corp]\nsso_start_url = https://x\nsso_region = us-east-1\n"
    private static let program =
        #"credential_process = /bin/echo '{"Version":1,"AccessKeyId":"AKIAPRO","SecretAccessKey":"secret pro"}'"# + "\n"
    private static let web = ["AWS_WEB_IDENTITY_TOKEN_FILE": "/t", "AWS_ROLE_ARN": "arn:aws:iam::111122223333:role/P"]

    static let all = files + sections + roles + signIns + environments

    private static let files = [
        Self(name: "nothing at all"),
        Self(name: "empty sections", config: "[default]\n", credentials: "[default]\n"),
        Self(name: "keys in credentials", credentials: "[default]\n" + keys("A")),
        Self(name: "keys in config", config: "[default]\n" + keys("A")),
        Self(
            name: "credentials before config", config: "[default]\n" + keys("A"), credentials: "[default]\n" + keys("B")
        ),
        Self(
            name: "a token in credentials",
            credentials: "[default]\n" + keys("A") + "aws_session_token = token==\n"),
        Self(
            name: "spaces, colons, case",
            credentials: "[default]\nAWS_Access_Key_Id:AKIAX\naws_secret_access_key= s/+= x \n"),
        Self(name: "comments and blank lines", credentials: "# a\n\n; b\n[default]\n\n# c\n" + keys("A") + "\n; d\n"),
        Self(
            name: "Windows line ends",
            credentials: "[default]\r\naws_access_key_id = AKIAW\r\naws_secret_access_key = s\r\n"),
        Self(
            name: "percent signs", credentials: "[default]\naws_access_key_id = AKIA\naws_secret_access_key = %(x)s%%\n"
        ),
        Self(name: "no section", credentials: keys("A")),
        Self(name: "a line that is nothing", config: "[default]\nregion\n"),
        Self(name: "an id without its secret", credentials: "[default]\naws_access_key_id = AKIA\n"),
    ]

    private static let sections = [
        Self(name: "a named profile", config: "[profile a]\nregion = eu-west-1\n" + keys("A"), profile: "a"),
        Self(name: "a quoted profile", config: "[profile \"a b\"]\n" + keys("A"), profile: "a b"),
        Self(name: "a singly quoted profile", config: "[profile 'a b']\n" + keys("A"), profile: "a b"),
        Self(name: "several blanks", config: "[profile    a]\n" + keys("A"), profile: "a"),
        Self(name: "a bare section in config", config: "[a]\n" + keys("A"), profile: "a"),
        Self(name: "a profile of credentials alone", credentials: "[a]\n" + keys("A"), profile: "a"),
        Self(name: "a profile nobody knows", config: "[profile a]\n" + keys("A"), profile: "b"),
        Self(name: "a variable nobody knows", environment: ["AWS_PROFILE": "b"]),
        Self(
            name: "nested settings",
            config: "[default]\ns3 =\n  max_concurrent_requests = 1\nregion = eu-west-2\n" + keys("A")),
        Self(
            name: "region of the profile", config: "[default]\nregion = ap-southeast-2\n",
            credentials: "[default]\n" + keys("A")),
        Self(
            name: "region of the other profile",
            config: "[default]\nregion = ap-southeast-2\n[profile a]\n" + keys("A"),
            profile: "a"),
    ]

    private static let roles = [
        Self(name: "a role", config: "[profile a]\n\(role)source_profile = b\n[profile b]\n" + keys("B"), profile: "a"),
        Self(
            name: "a chain",
            config: "[profile a]\n\(role)source_profile = b\n[profile b]\n\(role)source_profile = c\n[profile c]\n"
                + keys("C"),
            profile: "a"),
        Self(
            name: "a circle",
            config: "[profile a]\n\(role)source_profile = b\n[profile b]\n\(role)source_profile = a\n", profile: "a"),
        Self(name: "itself with keys", config: "[profile a]\n\(role)source_profile = a\n" + keys("A"), profile: "a"),
        Self(name: "itself without keys", config: "[profile a]\n\(role)source_profile = a\n", profile: "a"),
        Self(name: "no source", config: "[profile a]\n" + role, profile: "a"),
        Self(
            name: "two sources",
            config: "[profile a]\n\(role)source_profile = b\ncredential_source = Environment\n[profile b]\n"
                + keys("B"), profile: "a"),
        Self(name: "a source nobody knows", config: "[profile a]\n\(role)source_profile = b\n", profile: "a"),
        Self(
            name: "a source without keys", config: "[profile a]\n\(role)source_profile = b\n[profile b]\nregion = x\n",
            profile: "a"),
        Self(
            name: "a source by single sign-on", config: "[profile a]\n\(role)source_profile = b\n[profile b]\n" + sso,
            profile: "a"),
        Self(
            name: "a source by a program", config: "[profile a]\n\(role)source_profile = b\n[profile b]\n" + program,
            profile: "a"),
        Self(
            name: "a source with keys and a broken role",
            config: "[profile a]\n\(role)source_profile = b\n[profile b]\n\(role)source_profile = nobody\n" + keys("B"),
            profile: "a"),
        Self(
            name: "keys of the environment", config: "[profile a]\n\(role)credential_source = Environment\n",
            environment: variables, profile: "a"),
        Self(
            name: "no keys in the environment", config: "[profile a]\n\(role)credential_source = Environment\n",
            profile: "a"),
        Self(
            name: "a credential source nobody knows", config: "[profile a]\n\(role)credential_source = Moon\n",
            profile: "a"),
        Self(
            name: "the role of the default profile",
            config: "[default]\n\(role)source_profile = b\n[profile b]\n" + keys("B")),
    ]

    private static let signIns = [
        Self(name: "single sign-on, older", config: "[profile a]\n" + sso, profile: "a"),
        Self(
            name: "single sign-on, newer",
            config: session + "[profile a]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = R\n",
            profile: "a"),
        Self(
            name: "a session nobody knows",
            config: "[profile a]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = R\n", profile: "a"),
        Self(
            name: "a session that disagrees",
            config: session
                + "[profile a]\nsso_session = corp\nsso_region = eu-west-1\nsso_account_id = 1\nsso_role_name = R\n",
            profile: "a"),
        Self(
            name: "a session without a role", config: session + "[profile a]\nsso_session = corp\n" + keys("A"),
            profile: "a"),
        Self(name: "half of single sign-on", config: "[profile a]\nsso_account_id = 1\n" + keys("A"), profile: "a"),
        Self(
            name: "single sign-on before keys", config: "[profile a]\n" + sso, credentials: "[a]\n" + keys("A"),
            profile: "a"),
        Self(name: "a program", config: "[profile a]\n" + program, profile: "a"),
        Self(
            name: "credentials before a program", config: "[profile a]\n" + program, credentials: "[a]\n" + keys("A"),
            profile: "a"),
        Self(name: "a program before config", config: "[profile a]\n" + program + keys("A"), profile: "a"),
        Self(name: "a program that fails", config: "[profile a]\ncredential_process = /bin/false\n", profile: "a"),
        Self(
            name: "a program that is not there", config: "[profile a]\ncredential_process = /nonexistent/x\n",
            profile: "a"),
        Self(name: "web identity", config: "[profile a]\n\(role)web_identity_token_file = /t\n", profile: "a"),
        Self(
            name: "web identity before keys", config: "[profile a]\n\(role)web_identity_token_file = /t\n" + keys("A"),
            profile: "a"),
        Self(name: "web identity without a role", config: "[profile a]\nweb_identity_token_file = /t\n", profile: "a"),
    ]

    private static let environments = [
        Self(name: "variables", environment: variables),
        Self(name: "variables before files", credentials: "[default]\n" + keys("A"), environment: variables),
        Self(
            name: "variables before AWS_PROFILE", credentials: "[a]\n" + keys("A"),
            environment: variables.merging(["AWS_PROFILE": "a"]) { $1 }),
        Self(name: "a flag before variables", credentials: "[a]\n" + keys("A"), environment: variables, profile: "a"),
        Self(name: "a token", environment: variables.merging(["AWS_SESSION_TOKEN": "t"]) { $1 }),
        Self(name: "an older token", environment: variables.merging(["AWS_SECURITY_TOKEN": "t"]) { $1 }),
        Self(name: "an id alone", environment: ["AWS_ACCESS_KEY_ID": "AKIAENV"]),
        Self(name: "AWS_DEFAULT_PROFILE", credentials: "[a]\n" + keys("A"), environment: ["AWS_DEFAULT_PROFILE": "a"]),
        Self(name: "AWS_PROFILE", credentials: "[a]\n" + keys("A"), environment: ["AWS_PROFILE": "a"]),
        Self(
            name: "AWS_DEFAULT_REGION", config: "[default]\nregion = x\n",
            environment: variables.merging(["AWS_DEFAULT_REGION": "eu-west-3"]) { $1 }),
        Self(name: "web identity of the environment", credentials: "[default]\n" + keys("A"), environment: web),
        Self(name: "a flag before web identity", credentials: "[a]\n" + keys("A"), environment: web, profile: "a"),
        Self(
            name: "a role before web identity",
            config: "[default]\n\(role)source_profile = b\n[profile b]\n" + keys("B"), environment: web),
        Self(name: "web identity without a role name", environment: ["AWS_WEB_IDENTITY_TOKEN_FILE": "/t"]),
    ]
}

import FinOps
import Testing

@testable import AWS

@Suite struct AWSProfileTests {
    @Test func `every profile is listed with how it would sign in, and no secret`() throws {
        let files = [
            "/home/ann/.aws/config": """
            [default]
            region = us-east-1
            [profile audit]
            role_arn = arn:aws:iam::111122223333:role/Reader
            source_profile = base
            [profile broken]
            role_arn = arn:aws:iam::111122223333:role/Reader
            source_profile = baze
            [profile program]
            credential_process = /opt/keys --password topsecret
            [profile corp]
            sso_start_url = https://corp.example/start
            sso_region = us-east-1
            sso_account_id = 111122223333
            sso_role_name = Reader
            """,
            "/home/ann/.aws/credentials": "[base]\naws_access_key_id = AKIA\naws_secret_access_key = topsecret\n",
        ]
        let profiles = try AWSProfile.list(
            profile: nil, environment: ["AWS_PROFILE": "audit"], homeDirectory: "/home/ann", files: .memory(files))
        #expect(profiles.map(\.name) == ["audit", "base", "broken", "corp", "default", "program"])
        #expect(profiles.filter(\.isChosen).map(\.name) == ["audit"])
        let texts = profiles.map { $0.credentials ?? $0.trouble?.code ?? "" }
        #expect(
            texts == [
                "role arn:aws:iam::111122223333:role/Reader of profile audit, taken on with keys of profile base in "
                    + "/home/ann/.aws/credentials",
                "keys of profile base in /home/ann/.aws/credentials", "unknown_profile",
                "single sign-on to account 111122223333 as Reader (https://corp.example/start)", "no keys of its own",
                "the program /opt/keys of profile program",
            ])
        #expect(profiles[2].trouble?.hint == "did you mean `base`?")
    }

    @Test func `keys in the environment leave no profile chosen`() throws {
        let files = ["/home/ann/.aws/config": "[default]\nregion = x\n"]
        let profiles = try AWSProfile.list(
            profile: nil, environment: staticKeys, homeDirectory: "/home/ann", files: .memory(files))
        #expect(profiles.map(\.isChosen) == [false])
    }
}

import FinOps
import Testing

@testable import AWS

@Suite struct SharedConfigurationTests {
    @Test func `the credentials file wins key by key`() throws {
        let profile = try configuration(
            config: "[profile a]\naws_access_key_id = old\nregion = eu-west-1\n",
            credentials: "[a]\naws_access_key_id = new\n"
        ).profile("a")
        #expect(profile["aws_access_key_id"] == "new")
        #expect(profile["region"] == "eu-west-1")
    }

    @Test func `quoted names, sso sessions and services sections are told apart`() throws {
        let configuration = try configuration(
            config:
                "[profile 'a b']\nregion=x\n[sso-session corp]\nsso_region=y\n[services s]\nsts =\n endpoint_url = u\n"
                + "[plugins]\nq = 1\n")
        #expect(configuration.profiles.keys.sorted() == ["a b"])
        #expect(configuration.ssoSessions["corp"]?["sso_region"] == "y")
        #expect(configuration.services["s"]?["sts"]?["endpoint_url"] == "u")
    }

    @Test func `profile default is stronger than default`() throws {
        let both = try configuration(
            config: "[profile default]\nregion = strong\n[default]\nregion = weak\noutput = j\n")
        #expect(both.profiles["default"]?["region"] == "strong")
        #expect(both.profiles["default"]?["output"] == "j")
    }

    @Test func `an unknown profile names the nearest and the files that were read`() throws {
        let configuration = try configuration(config: "[profile billing]\n[profile audit]\n")
        let error = inputError { try configuration.profile("biling") }
        #expect(error?.code == "unknown_profile")
        #expect(error?.hint == "did you mean `billing`?")
        #expect(error?.cause == "read /home/ann/.aws/config and /home/ann/.aws/credentials")
        #expect(inputError { try configuration.profile("zzzzzzzz") }?.hint == "the profiles are: audit, billing")
    }

    @Test func `files are found through the environment`() throws {
        let configuration = try SharedConfiguration.load(
            environment: ["AWS_CONFIG_FILE": "~/c", "AWS_SHARED_CREDENTIALS_FILE": "/k"], homeDirectory: "/home/ann",
            files: .memory(["/home/ann/c": "[profile a]\n"]))
        #expect(configuration.filesRead == ["/home/ann/c"])
        #expect(configuration.credentialsPath == "/k")
    }
}

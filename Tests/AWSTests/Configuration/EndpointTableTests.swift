import FinOps
import Testing

@testable import AWS

@Suite struct EndpointTableTests {
    private let files = """
        [profile a]
        services = dev
        endpoint_url = http://profile:1
        [services dev]
        cost_explorer =
          endpoint_url = http://section:2/
        """

    private func table(
        _ environment: [String: String] = [:], flag: String? = nil, profile: String? = "a", region: String = "us-east-1"
    ) throws -> EndpointTable {
        let configuration = try configuration(config: files)
        return try EndpointTable(
            flag: flag, environment: environment, profile: profile.flatMap { configuration.profiles[$0] },
            configuration: configuration, region: region)
    }

    @Test func `AWS's own hosts serve where nothing is set`() throws {
        let table = try table(profile: nil, region: "ap-southeast-2")
        #expect(table[.securityToken].url == "https://sts.ap-southeast-2.amazonaws.com")
        #expect(table[.organizations].url == "https://organizations.us-east-1.amazonaws.com")
        #expect(table[.costExplorer].url == "https://ce.us-east-1.amazonaws.com")
        #expect(table[.budgets].url == "https://budgets.amazonaws.com")
        #expect(table[.invoicing].url == "https://invoicing.us-east-1.api.aws")
    }

    @Test func `each place is overruled by the next`() throws {
        #expect(try table()[.budgets].url == "http://profile:1")
        #expect(try table()[.costExplorer].url == "http://section:2")
        let all = ["AWS_ENDPOINT_URL": "http://all:3"]
        #expect(try table(all)[.costExplorer].url == "http://all:3")
        let one = all.merging(["AWS_ENDPOINT_URL_COST_EXPLORER": "http://one:4"]) { $1 }
        #expect(try table(one)[.costExplorer].url == "http://one:4")
        #expect(try table(one)[.costExplorer].origin == .environment("AWS_ENDPOINT_URL_COST_EXPLORER"))
        #expect(try table(one)[.budgets].url == "http://all:3")
        #expect(try table(one, flag: "http://flag:5")[.costExplorer].url == "http://flag:5")
    }

    @Test func `configured endpoints can be ignored as a whole`() throws {
        let table = try table(["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true", "AWS_ENDPOINT_URL": "http://all:3"])
        #expect(table[.costExplorer].origin == .builtIn)
    }

    @Test(arguments: ["ftp://h", "h:1", "http://", "http://user@h", "http://h/?q", "http://h h"])
    func `what is no endpoint is refused by where it was set`(url: String) {
        let error = inputError { try table(["AWS_ENDPOINT_URL": url]) }
        #expect(error?.code == "invalid_endpoint")
        #expect(error?.summary.contains("AWS_ENDPOINT_URL") == true)
    }

    @Test func `hosts that are not known are refused, not guessed`() throws {
        #expect(inputError { try table(profile: nil, region: "us-iso-east-1") }?.code == "unsupported_partition")
        #expect(inputError { try table(profile: nil, region: "eusc-de-east-1") }?.code == "unsupported_partition")
        #expect(inputError { try table(profile: nil, region: "us east") }?.code == "invalid_region")
        #expect(
            inputError { try table(["AWS_USE_FIPS_ENDPOINT": "true"], profile: nil, region: "cn-north-1") }?.code
                == "unsupported_setting")
        #expect(inputError { try table(["AWS_USE_FIPS_ENDPOINT": "yes"], profile: nil) }?.code == "invalid_switch")
        #expect(try table(["AWS_ENDPOINT_URL": "http://h:1"], region: "cn-north-1")[.budgets].url == "http://h:1")
    }

    @Test func `a partition has hosts and a home of its own`() throws {
        let china = try table(profile: nil, region: "cn-north-1")
        #expect(china[.securityToken].url == "https://sts.cn-north-1.amazonaws.com.cn")
        #expect(china[.costExplorer].url == "https://ce.cn-northwest-1.amazonaws.com.cn")
        #expect(china[.costExplorer].signingRegion == "cn-northwest-1")
        let government = try table(profile: nil, region: "us-gov-east-1")
        #expect(government[.organizations].url == "https://organizations.us-gov-west-1.amazonaws.com")
        #expect(government[.securityToken].signingRegion == "us-gov-east-1")
        #expect(
            try government.signIn(.portal, region: "us-gov-west-1") == "https://portal.sso.us-gov-west-1.amazonaws.com")
    }

    @Test func `single sign-on can be pointed elsewhere like any other service`() throws {
        let own = try table(["AWS_ENDPOINT_URL_SSO": "http://portal:1/", "AWS_ENDPOINT_URL": "http://all:2"])
        #expect(try own.signIn(.portal, region: "eu-west-1") == "http://portal:1")
        #expect(try own.signIn(.tokens, region: "eu-west-1") == "http://all:2")
    }

    @Test func `a services section that does not exist is refused`() throws {
        let configuration = try configuration(config: "[profile a]\nservices = dve\n[services dev]\n")
        let error = inputError {
            try EndpointTable(
                flag: nil, environment: [:], profile: configuration.profiles["a"], configuration: configuration,
                region: "us-east-1")
        }
        #expect(error?.code == "unknown_services_section")
        #expect(error?.hint == "did you mean `dev`?")
    }

    @Test func `the host header carries a port only where it is not the scheme's own`() {
        #expect(EndpointAddress("http://127.0.0.1:5000").hostHeader == "127.0.0.1:5000")
        #expect(EndpointAddress("https://ce.us-east-1.amazonaws.com:443").hostHeader == "ce.us-east-1.amazonaws.com")
        #expect(EndpointAddress("http://h/base").path("/") == "/base/")
        #expect(EndpointAddress("http://h").url == "http://h/")
    }
}

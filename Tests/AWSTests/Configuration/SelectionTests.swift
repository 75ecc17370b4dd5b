import FinOps
import Testing

@testable import AWS

@Suite struct SelectionTests {
    @Test func `a flag, then AWS_PROFILE, then AWS_DEFAULT_PROFILE, then default`() {
        let both = ["AWS_PROFILE": "p", "AWS_DEFAULT_PROFILE": "d"]
        #expect(ProfileSelection(flag: "f", environment: both).name == "f")
        #expect(ProfileSelection(flag: nil, environment: both).name == "p")
        #expect(ProfileSelection(flag: nil, environment: ["AWS_DEFAULT_PROFILE": "d"]).name == "d")
        #expect(ProfileSelection(flag: nil, environment: ["AWS_PROFILE": ""]).origin == .builtIn)
    }

    @Test func `two variables that differ are worth a warning`() {
        #expect(
            ProfileSelection(flag: nil, environment: ["AWS_PROFILE": "p", "AWS_DEFAULT_PROFILE": "d"]).warning != nil)
        #expect(
            ProfileSelection(flag: nil, environment: ["AWS_PROFILE": "p", "AWS_DEFAULT_PROFILE": "p"]).warning == nil)
    }

    @Test func `the region comes from the flag, two variables, the profile, and is never missing`() throws {
        let profile = try configuration(config: "[profile a]\nregion = ap-southeast-2\n").profile("a")
        func region(_ flag: String?, _ environment: [String: String], _ profile: SharedConfiguration.Profile?) -> String
        {
            RegionSelection(flag: flag, environment: environment, profile: profile, configPath: "/c").name
        }
        let both = ["AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-2"]
        #expect(region("us-west-2", both, profile) == "us-west-2")
        #expect(region(nil, both, profile) == "eu-west-1")
        #expect(region(nil, ["AWS_DEFAULT_REGION": "eu-west-2"], profile) == "eu-west-2")
        #expect(region(nil, [:], profile) == "ap-southeast-2")
        #expect(region(nil, [:], nil) == "us-east-1")
    }
}

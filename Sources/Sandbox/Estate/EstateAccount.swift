/// One account of the sample organisation.
public struct EstateAccount: Hashable, Sendable {
    public enum Membership: String, Sendable {
        case active = "ACTIVE"
        case suspended = "SUSPENDED"
        /// Left the organisation: Cost Explorer still shows its costs, Organizations no longer lists it.
        case departed
    }

    public enum Environment: String, Sendable { case production, development, sandbox, platform }

    /// Twelve digits; one starts with zero, because readers that take ids for numbers must fail here first.
    public let id: String
    public let name: String
    public let email: String
    public let membership: Membership
    public let environment: Environment
    public let costCenter: String
    /// The root or the organisational unit above.
    let parent: String
    let homeRegion: Int
    /// Relative share of the organisation's spend; zero means no cost at all.
    let weight: Int64
    /// 1 is the largest spender.
    let rank: Int

    static let regions = ["ap-southeast-2", "us-east-1", "eu-west-1"]
    static let regionPrefixes = ["APS2", "USE1", "EUW1"]
}

import FinOps

/// A part of AWS with accounts, hosts and bills of its own (botocore 1.43, `partitions.json`).
struct Partition: Hashable, Sendable {
    /// `aws`, as in ARNs.
    let id: String
    let domain: String
    let dualStackDomain: String
    /// Where the services live that have one home for all regions.
    let homeRegion: String
    /// Where people sign in, below the region.
    let signInDomain: String

    static let commercial = Partition(
        id: "aws", domain: "amazonaws.com", dualStackDomain: "api.aws", homeRegion: "us-east-1",
        signInDomain: "signin.aws.amazon.com")
    static let government = Partition(
        id: "aws-us-gov", domain: "amazonaws.com", dualStackDomain: "api.aws", homeRegion: "us-gov-west-1",
        signInDomain: "signin.amazonaws-us-gov.com")
    static let china = Partition(
        id: "aws-cn", domain: "amazonaws.com.cn", dualStackDomain: "api.amazonwebservices.com.cn",
        homeRegion: "cn-northwest-1", signInDomain: "signin.amazonaws.cn")

    /// Nil for the partitions whose hosts are not known here (the isolated ones, the European sovereign cloud).
    init?(region: String) {
        let words = region.split(separator: "-", omittingEmptySubsequences: false)
        switch words.first {
        case "cn": self = .china
        case "us" where words.dropFirst().first == "gov": self = .government
        case "us" where words.dropFirst().first?.hasPrefix("iso") == true: return nil
        case "us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx":
            guard words.dropFirst().first?.hasPrefix("iso") == false else { return nil }
            self = .commercial
        default: return nil
        }
    }

    private init(
        id: String, domain: String, dualStackDomain: String, homeRegion: String, signInDomain: String
    ) {
        self.id = id
        self.domain = domain
        self.dualStackDomain = dualStackDomain
        self.homeRegion = homeRegion
        self.signInDomain = signInDomain
    }
}

/// Which of AWS's hosts are wanted: those of a region, with certified cryptography (FIPS), reachable over IPv6 (dual stack).
struct HostVariant: Hashable, Sendable {
    let region: String
    let partition: Partition
    var usesFIPS = false
    var usesDualStack = false

    /// `https://sts-fips.us-east-1.api.aws`. `place` is a region or nothing; `name` keeps its dots (`portal.sso`).
    func host(_ name: String, _ place: String?, isGovernmentCertified: Bool = false, dualStack: Bool? = nil) -> String {
        let isDual = dualStack ?? usesDualStack
        // In GovCloud some services are certified under their ordinary name.
        let isPlain = isGovernmentCertified && partition == .government && !isDual
        return [
            name + (usesFIPS && !isPlain ? "-fips" : ""), place, isDual ? partition.dualStackDomain : partition.domain,
        ]
        .compactMap { $0 }.joined(separator: ".")
    }
}

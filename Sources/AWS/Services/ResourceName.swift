import FinOps

/// An ARN, taken apart: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`. Only such as name a region and an account.
struct ResourceName: Hashable, Sendable {
    let region: String
    let resource: String

    /// Nil for anything else, and for one of another service.
    init?(_ text: String, of service: AWSService) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "arn", parts[1].hasPrefix("aws"), parts[2] == service.rawValue,
            !parts[3].isEmpty, parts[4].utf8.count == 12, parts[4].allSatisfy(\.isNumber), !parts[5].isEmpty,
            text.utf8.allSatisfy({ (33...126).contains($0) })
        else { return nil }
        (region, resource) = (parts[3], parts[5])
    }
}

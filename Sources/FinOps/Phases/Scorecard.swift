/// Phase 9: the three closing reviews and the statement that names the seal.
public struct Scorecard: Hashable, Codable, Sendable {
    public let reviews: [RoleReview]
    /// `Month 2026-02 of cloud-infrastructure is complete and sealed as sha256:…`
    public let completionStatement: String

    public init(reviews: [RoleReview], completionStatement: String) {
        self.reviews = reviews
        self.completionStatement = completionStatement
    }
}

/// A Cost Explorer report that a person downloaded from the console as CSV and handed in: what it says of one month.
public struct ConsoleExport: Hashable, Codable, Sendable {
    /// The file's own name, without its folder.
    public let fileName: String
    /// Of the very bytes that were read.
    public let sha256: Digest
    public let month: BillingMonth
    /// US dollars; the console exports no other currency.
    public let total: ExactDecimal
    /// By twelve-digit account id; nil when the report is not grouped by linked account.
    public let amountsByAccount: [String: ExactDecimal]?
    /// Amounts that were added up, each as the console printed it.
    public let amountCount: Int

    public init(
        fileName: String, sha256: Digest, month: BillingMonth, total: ExactDecimal,
        amountsByAccount: [String: ExactDecimal]?, amountCount: Int
    ) {
        self.fileName = fileName
        self.sha256 = sha256
        self.month = month
        self.total = total
        self.amountsByAccount = amountsByAccount
        self.amountCount = amountCount
    }
}

/// Who a request comes from, as its access key tells.
struct SandboxCaller: Hashable, Sendable {
    let accountID: String
    let arn: String
    let userID: String
    var mayReadCosts = true
    var isPayer = false
    var mayWrite = false
    var isExpired = false

    /// Whoever asks without a signature.
    static let nobody = SandboxCaller(accountID: "", arn: "anonymous", userID: "")
}

/// A key pair the sandbox accepts.
public struct SandboxKey: Hashable, Sendable {
    public let accessKeyID: String
    public let secretAccessKey: String
    public let sessionToken: String?

    public init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }
}

/// The five callers every sandbox knows. Public on purpose: they open nothing but the sample estate.
public struct SandboxCredentials: Hashable, Sendable {
    /// The management account: sees everything.
    public var payer: SandboxKey
    /// The management account without any Cost Explorer permission.
    public var withoutCostExplorer: SandboxKey
    /// The management account with every permission: what `doctor` warns of. There is nothing here to write, though.
    public var administrator: SandboxKey
    /// A session whose token has expired.
    public var expired: SandboxKey
    /// A member account: sees itself alone.
    public var member: SandboxKey

    public init() {
        payer = SandboxKey(
            accessKeyID: "AKIASANDBOXPAYER0001", secretAccessKey: "sandbox/payer/secret/not/a/real/key+0001")
        withoutCostExplorer = SandboxKey(
            accessKeyID: "AKIASANDBOXNOCE00001", secretAccessKey: "sandbox/no-ce/secret/not/a/real/key+0002")
        administrator = SandboxKey(
            accessKeyID: "AKIASANDBOXADMIN0001", secretAccessKey: "sandbox/admin/secret/not/a/real/key+0005")
        expired = SandboxKey(
            accessKeyID: "ASIASANDBOXEXPIRED01", secretAccessKey: "sandbox/expired/secret/not/a/real/key+03",
            sessionToken: "sandbox-session-token-that-has-expired")
        member = SandboxKey(
            accessKeyID: "AKIASANDBOXMEMBER001", secretAccessKey: "sandbox/member/secret/not/a/real/key+004")
    }
}

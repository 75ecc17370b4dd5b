/// A sign-in at the sample estate's access portal, as `aws sso login` would have left it behind, and the code that every
/// one-time device of the estate shows. Public on purpose, like the keys.
public struct SandboxSignIn: Hashable, Sendable {
    public var accessToken = "sandbox-access-token"
    /// Works once; the answer to a renewal carries the next.
    public var refreshToken = "sandbox-refresh-token"
    public var clientID = "sandbox-client"
    public var clientSecret = "sandbox-client-secret"
    public var oneTimeCode = "123456"

    public init() {}
}

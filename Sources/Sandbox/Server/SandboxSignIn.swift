/// A sign-in at the sample estate's access portal, as `aws sso login` would have left it behind. Public on purpose, like the
/// keys.
public struct SandboxSignIn: Hashable, Sendable {
    public var accessToken = "sandbox-access-token"
    /// Works once; the answer to a renewal carries the next.
    public var refreshToken = "sandbox-refresh-token"
    public var clientID = "sandbox-client"
    public var clientSecret = "sandbox-client-secret"

    public init() {}
}

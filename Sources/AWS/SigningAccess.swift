import FinOps
public import SigV4

/// The keys that sign, for a service this room does not know. Whoever holds it can sign anything: the wiring hands it to
/// Bedrock alone.
public struct SigningAccess: Sendable {
    public let region: String
    let store: CredentialStore

    /// Renewed when they are about to expire. Throws `Trouble`.
    public func credentials() async throws -> SigningCredentials {
        let keys = try await store.credentials()
        return SigningCredentials(
            accessKeyID: keys.accessKeyID, secretAccessKey: keys.secretAccessKey, sessionToken: keys.sessionToken)
    }
}

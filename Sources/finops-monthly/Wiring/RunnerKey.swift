import Evidence
import FinOps

/// The key that seals. Made at the first run, so that nobody has to know of keys before there is something to sign.
struct RunnerKey: Sendable {
    static let name = "runner"

    let keys: SigningKeys
    let trust: TrustStore

    /// Says whether it was made just now. A runner key that differs from the trusted one is refused: the chain would break.
    func load() async throws -> (key: any SigningKey, isNew: Bool) {
        let isNew = try !keys.has(Self.name)
        if isNew { _ = try keys.store.create(Self.name, passphrase: nil) }
        let key = try await keys.open(Self.name)
        try trust.trustRunner(try key.publicKey)
        return (key, isNew)
    }
}

public import OpenSSL

/// Whose signatures count, and for which places in the chain.
public struct Trust: Sendable {
    /// The keys that seal: one at a time, older ones for the months they sealed. Empty: then no seal can be verified.
    public let runners: [TrustedKey]
    /// By the approver's name; a person who changed keys has several.
    public let approvers: [String: [TrustedKey]]
    /// Nil when no time-stamping authority is trusted: then no stamp is demanded, and none can be verified.
    public let stampRoots: TimestampRoots?

    public init(runners: [TrustedKey], approvers: [String: [TrustedKey]], stampRoots: TimestampRoots? = nil) {
        self.runners = runners
        self.approvers = approvers
        self.stampRoots = stampRoots
    }

    /// Keys that count everywhere.
    public init(runner: ECDSAPublicKey?, approvers: [String: ECDSAPublicKey]) {
        self.init(
            runners: runner.map { [TrustedKey($0)] } ?? [], approvers: approvers.mapValues { [TrustedKey($0)] })
    }

    /// Who can approve a month at this place.
    public func approvers(at sequence: Int) -> [String] {
        approvers.filter { $0.value.contains { $0.window.contains(sequence) } }.keys.sorted()
    }
}

/// A public key that counts for a part of the chain.
public struct TrustedKey: Hashable, Sendable {
    public let key: ECDSAPublicKey
    public let window: KeyWindow

    public init(_ key: ECDSAPublicKey, window: KeyWindow = .always) {
        self.key = key
        self.window = window
    }
}

extension [TrustedKey] {
    /// Those that made the signature, whatever their window.
    func signers(of bundle: SigstoreBundle) -> [TrustedKey] { filter { bundle.isSigned(by: $0.key) } }

    func count(at sequence: Int) -> Bool { contains { $0.window.contains(sequence) } }
}

import AWS
import Evidence
import FinOps
import Foundation

/// Opens the keys of this user: with a passphrase from where the settings say, or through the service that keeps them.
struct SigningKeys: Sendable {
    let store: KeyStore
    let passphrase: Passphrase
    /// Opens a key that a service keeps, by its ARN.
    let service: @Sendable (_ arn: String) async throws -> any SigningKey

    func has(_ name: String) throws -> Bool { try store.list().contains { $0.name == name } }

    func open(_ name: String) async throws -> any SigningKey {
        try await store.open(name, passphrase: passphrase, service: service)
    }
}

extension GlobalOptions {
    func signingKeys(_ settings: Settings, terminal: ControllingTerminal?) -> SigningKeys {
        SigningKeys(
            store: KeyStore(folder: KeyStore.defaultFolder(environment: environment)),
            passphrase: Passphrase(
                [Passphrase.environment(environment)] + settings.passphraseSources(environment)
                    + [{ key in terminal?.readSecret(prompt: "Passphrase of key \(key): ") }]),
            service: { [self, profile = settings[.signingProfile]?.text] arn in
                try await ServiceKey.open(try KeyARN(arn), profile: profile, global: self)
            })
    }
}

extension Settings {
    /// The first line of what the settings name: a file, in whose path `{name}` is the key's name, and a command, which is
    /// given it as `FINOPS_KEY_NAME`.
    fileprivate func passphraseSources(_ environment: [String: String]) -> [Passphrase.Source] {
        let named: [(Setting, SecretSource.Kind)] = [(.keyPassphraseFile, .file), (.keyPassphraseCommand, .command)]
        return named.compactMap { setting, kind in
            guard let text = self[setting]?.text else { return nil }
            return { key in
                let source = SecretSource(kind, kind == .file ? text.replacing("{name}", with: key) : text)
                let content = try await source.content(environment.merging(["FINOPS_KEY_NAME": key]) { $1 })
                return String(content.prefix { !$0.isNewline })
            }
        }
    }
}

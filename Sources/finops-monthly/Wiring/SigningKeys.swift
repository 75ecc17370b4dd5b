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
            passphrase: Passphrase([
                Passphrase.environment(environment), settings.passphraseFile, settings.passphraseCommand(environment),
                { key in terminal?.readSecret(prompt: "Passphrase of key \(key): ") },
            ]),
            service: { [self, profile = settings[.signingProfile]?.text] arn in
                try await ServiceKey.open(try KeyARN(arn), profile: profile, global: self)
            })
    }
}

extension Settings {
    /// The first line of the file the settings name; `{name}` in its path is the key's.
    fileprivate var passphraseFile: Passphrase.Source {
        let setting = self[.keyPassphraseFile]
        return { key in
            guard let setting else { return nil }
            let path = setting.text.replacing("{name}", with: key)
            let disk = LocalFileSystem()
            guard let permissions = try disk.permissions(of: path) else {
                throw InputError(
                    "missing_passphrase_file", "the passphrase file \(path) does not exist",
                    cause: "named by \(setting.origin)", hint: "correct `key_passphrase_file`")
            }
            guard permissions & 0o077 == 0 else {
                throw InputError(
                    "open_passphrase_file", "the passphrase file \(path) can be read by others",
                    hint: "run `chmod 600 \(path)`")
            }
            return String(decoding: try disk.read(path), as: UTF8.self).firstLine
        }
    }

    /// The first line the command prints; it is given the key's name as `FINOPS_KEY_NAME`.
    fileprivate func passphraseCommand(_ environment: [String: String]) -> Passphrase.Source {
        let setting = self[.keyPassphraseCommand]
        return { key in
            guard let setting else { return nil }
            let result = try await SubprocessRunner().run(
                ProcessInvocation(
                    executable: "/bin/sh", arguments: ["-c", setting.text],
                    environment: environment.merging(["FINOPS_KEY_NAME": key]) { $1 }, deadlineSeconds: 60,
                    outputLimitBytes: 65_536))
            // What it printed is never quoted: it may be the secret.
            guard result.exitStatus == 0 else {
                let ending = result.exitStatus.map { "ended with \($0)" } ?? "did not end within 60 seconds"
                throw InputError(
                    "passphrase_command_failed", "the passphrase command \(ending)",
                    cause: "named by \(setting.origin)",
                    hint: "run the command of `key_passphrase_command` by hand and see what it says")
            }
            return String(decoding: result.standardOutput, as: UTF8.self).firstLine
        }
    }
}

extension String {
    fileprivate var firstLine: String { String(prefix { !$0.isNewline }) }
}

import FinOps
import Foundation
public import OpenSSL

/// Private keys of this user, one file each, readable by its owner alone: `<name>.key` and, to be handed out, `<name>.pub`.
public struct KeyStore: Sendable {
    public let folder: String
    private let disk = LocalFileSystem()

    public init(folder: String) { self.folder = folder }

    /// `$XDG_CONFIG_HOME/finops-monthly/keys`, else `~/.config/finops-monthly/keys`.
    public static func defaultFolder(environment: [String: String]) -> String {
        let configuration = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (configuration ?? (environment["HOME"] ?? ".") + "/.config") + "/finops-monthly/keys"
    }

    public struct Record: Hashable, Sendable {
        public let name: String
        public let publicKey: ECDSAPublicKey
        public let isEncrypted: Bool
        public let path: String
    }

    /// Makes a key. A name that is taken throws `key_exists`: a key is never overwritten.
    public func create(_ name: String, passphrase: String?) throws -> Record {
        try PersonName.check(name)
        guard try !disk.exists(path(name)) else {
            throw EvidenceError(
                .keyExists, "there is a key named \(name) already", cause: path(name),
                hint: "choose another name, or remove the file if nothing it signed is needed")
        }
        let key = try ECDSAPrivateKey.generate()
        try disk.makePrivateDirectory(folder)
        try AtomicFile.write(Data(key.publicKey.pem.utf8), to: publicPath(name), in: disk)
        try AtomicFile.write(Data(key.pem(passphrase: passphrase).utf8), to: path(name), mode: 0o600, in: disk)
        return Record(name: name, publicKey: try key.publicKey, isEncrypted: passphrase != nil, path: path(name))
    }

    /// Every key, by name. Needs no passphrase.
    public func list() throws -> [Record] {
        guard try disk.exists(folder) else { return [] }
        return try disk.list(folder).filter { $0.hasSuffix(".key") && !$0.hasPrefix(".") }.map { file in
            let name = String(file.dropLast(4))
            let publicPEM = String(decoding: try disk.read(publicPath(name)), as: UTF8.self)
            let privatePEM = String(decoding: try disk.read(path(name)), as: UTF8.self)
            return Record(
                name: name, publicKey: try ECDSAPublicKey(pem: publicPEM),
                isEncrypted: privatePEM.contains("ENCRYPTED"), path: path(name))
        }
    }

    /// Opens a key of this store, or of any file when `name` contains a slash. The passphrase is asked for only when the key
    /// is encrypted. Throws `key_missing`, `key_too_open`, `key_unusable`, or what `passphrase` throws.
    public func load(_ name: String, passphrase: Passphrase) throws -> ECDSAPrivateKey {
        let path = name.contains("/") ? name : path(name)
        guard let permissions = try disk.permissions(of: path) else {
            throw EvidenceError(
                .keyMissing, "there is no key \(name)", cause: path, hint: "make one with `finops-monthly keys create`")
        }
        guard permissions & 0o077 == 0 else {
            throw EvidenceError(
                .keyTooOpen, "the private key \(path) can be read by others", hint: "run `chmod 600 \(path)`")
        }
        let pem = String(decoding: try disk.read(path), as: UTF8.self)
        do {
            return try ECDSAPrivateKey(pem: pem)
        } catch  where error.code == .passphraseNeeded {
            guard let phrase = try passphrase.ask(name) else {
                throw EvidenceError(
                    .keyUnusable, "the key \(name) needs its passphrase",
                    hint: "set \(Passphrase.variable), or run this at a terminal")
            }
            do {
                return try ECDSAPrivateKey(pem: pem, passphrase: phrase)
            } catch {
                throw EvidenceError(
                    .keyUnusable, "the key \(name) cannot be opened: \(error.message)", cause: error.cause)
            }
        } catch {
            throw EvidenceError(.keyUnusable, "the key \(name) cannot be used: \(error.message)", cause: error.cause)
        }
    }

    private func path(_ name: String) -> String { "\(folder)/\(name).key" }
    private func publicPath(_ name: String) -> String { "\(folder)/\(name).pub" }
}

/// Where a passphrase comes from: the environment first, then a person. Never from a flag, which other users could read.
public struct Passphrase: Sendable {
    public static let variable = "FINOPS_KEY_PASSPHRASE"

    let ask: @Sendable (_ key: String) throws -> String?

    /// `prompt` asks on the controlling terminal; nil where nobody can answer.
    public init(environment: [String: String], prompt: (@Sendable (_ key: String) throws -> String?)? = nil) {
        let given = environment[Passphrase.variable]
        ask = { key in try given ?? prompt?(key) }
    }
}

public import FinOps
import Foundation
public import OpenSSL

/// The keys this user signs with, each readable by its owner alone: `<name>.key` holds a private key, `<name>.kms` the name of
/// one that a key management service keeps; `<name>.pub` is to be handed out.
public struct KeyStore: Sendable {
    public let folder: String
    private let disk: any FileSystem

    public init(folder: String, fileSystem: any FileSystem = LocalFileSystem()) {
        (self.folder, disk) = (folder, fileSystem)
    }

    /// `$XDG_CONFIG_HOME/finops-monthly/keys`, else `~/.config/finops-monthly/keys`.
    public static func defaultFolder(environment: [String: String]) -> String {
        let configuration = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (configuration ?? (environment["HOME"] ?? ".") + "/.config") + "/finops-monthly/keys"
    }

    public struct Record: Hashable, Sendable {
        public let name: String
        public let publicKey: ECDSAPublicKey
        public let custody: Custody
        public let path: String
    }

    /// Who holds the private half.
    public enum Custody: Hashable, Sendable {
        case file(isEncrypted: Bool)
        /// Named by its ARN.
        case keyManagementService(String)
    }

    /// Makes a key. A name that is taken throws `key_exists`: a key is never overwritten.
    public func create(_ name: String, passphrase: String?) throws -> Record {
        try requireFree(name)
        let key = try ECDSAPrivateKey.generate()
        try prepareFolder()
        try AtomicFile.write(Data(key.publicKey.pem.utf8), to: publicPath(name), in: disk)
        try AtomicFile.write(Data(key.pem(passphrase: passphrase).utf8), to: path(name), mode: 0o600, in: disk)
        return try record(name)
    }

    /// Remembers a key that a service keeps, by its ARN. A name that is taken throws `key_exists`.
    public func adopt(_ name: String, arn: String, publicKey: ECDSAPublicKey) throws -> Record {
        try requireFree(name)
        try prepareFolder()
        try AtomicFile.write(Data(publicKey.pem.utf8), to: publicPath(name), in: disk)
        try AtomicFile.write(Data("\(arn)\n".utf8), to: servicePath(name), mode: 0o600, in: disk)
        return try record(name)
    }

    /// Puts a key aside that is followed by another from `sequence` on: nothing is deleted. The name is free afterwards.
    public func retire(_ name: String, before sequence: Int) throws {
        let retired = "\(name)@\(KeyWindow.always.ending(with: sequence - 1))"
        for (old, new) in [(path(name), path(retired)), (servicePath(name), servicePath(retired))]
        where try disk.exists(old) {
            guard try !disk.exists(new) else {
                throw EvidenceError(
                    .keyExists, "the key \(name) was put aside for this month already", cause: new,
                    hint: "move that file away if the new key is not wanted")
            }
            // The public half first, and under both names for a while: at no moment is a private half without it.
            try AtomicFile.write(try disk.read(publicPath(name)), to: publicPath(retired), in: disk)
            try disk.rename(old, to: new)
            try disk.synchronize(folder)
            try disk.remove(publicPath(name))
        }
        try disk.synchronize(folder)
    }

    /// Makes the folder so that a power cut cannot take it back, whoever made it: a process that died may not have come to
    /// synchronise its name.
    private func prepareFolder() throws {
        try disk.makePrivateDirectory(folder)
        var current = folder
        while case let parent = AtomicFile.split(current).folder, parent != current {
            // What we may not open was made by somebody else, long ago.
            do { try disk.synchronize(parent) } catch let error as FileError where error.code == "EACCES" { break }
            current = parent
        }
    }

    /// Every key, by name. Needs no passphrase.
    public func list() throws -> [Record] {
        guard try disk.exists(folder) else { return [] }
        return try disk.list(folder).filter { ($0.hasSuffix(".key") || $0.hasSuffix(".kms")) && !$0.hasPrefix(".") }
            .map { try record(String($0.dropLast(4))) }
    }

    /// Opens a key of this store, or the file of a private key when `name` contains a slash. The passphrase is asked for only
    /// when the key is encrypted; `service` opens a key by its ARN. Throws `key_missing`, `key_too_open`, `key_unusable`, or
    /// what the two throw.
    public func open(
        _ name: String, passphrase: Passphrase, service: (_ arn: String) async throws -> any SigningKey
    ) async throws -> any SigningKey {
        guard !name.contains("/"), try disk.exists(servicePath(name)), case let record = try record(name),
            case .keyManagementService(let arn) = record.custody
        else { return try await load(name, passphrase: passphrase) }
        let key = try await service(arn)
        // An alias may point elsewhere by now; what would sign must be what is trusted.
        guard try key.publicKey == record.publicKey else {
            throw EvidenceError(
                .keyUnusable, "the key \(arn) is another than the one named \(name) here", cause: servicePath(name),
                hint: "`finops-monthly keys rotate \(name)` lets a new key follow the old one")
        }
        return key
    }

    /// Whether the file of a key is encrypted; false for one that a service keeps. Throws `key_missing`.
    public func needsPassphrase(_ name: String) throws -> Bool {
        if !name.contains("/"), try disk.exists(servicePath(name)) { return false }
        return try text(try privateFile(name)).contains("ENCRYPTED")
    }

    /// What signing with this key does without, in a sentence; nil where a passphrase or a service guards it. Throws
    /// `key_missing`.
    public func weakerMode(_ name: String) throws -> String? {
        if !name.contains("/"), try disk.exists(servicePath(name)) { return nil }
        return try needsPassphrase(name) ? nil : "Key \(name) has no passphrase: its file alone can sign."
    }

    /// The file of a private key, which nobody else may read.
    private func privateFile(_ name: String) throws -> String {
        let path = name.contains("/") ? name : path(name)
        guard let permissions = try disk.permissions(of: path) else {
            throw EvidenceError(
                .keyMissing, "there is no key \(name)", cause: path, hint: "make one with `finops-monthly keys create`")
        }
        guard permissions & 0o077 == 0 else {
            throw EvidenceError(
                .keyTooOpen, "the private key \(path) can be read by others", hint: "run `chmod 600 \(path)`")
        }
        return path
    }

    /// Opens a key that lies in a file.
    public func load(_ name: String, passphrase: Passphrase) async throws -> ECDSAPrivateKey {
        let pem = try text(try privateFile(name))
        do {
            return try ECDSAPrivateKey(pem: pem)
        } catch  where error.code == .passphraseNeeded {
            guard let phrase = try await passphrase.ask(name) else {
                throw EvidenceError(
                    .keyUnusable, "the key \(name) needs its passphrase",
                    hint: "run this at a terminal, or name a file with the setting `key_passphrase_file`")
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

    private func record(_ name: String) throws -> Record {
        let publicKey = try ECDSAPublicKey(pem: try text(publicPath(name)))
        guard try disk.exists(path(name)) else {
            let arn = String(try text(servicePath(name)).prefix { !$0.isNewline })
            return Record(
                name: name, publicKey: publicKey, custody: .keyManagementService(arn), path: servicePath(name))
        }
        return Record(
            name: name, publicKey: publicKey,
            custody: .file(isEncrypted: try text(path(name)).contains("ENCRYPTED")), path: path(name))
    }

    private func requireFree(_ name: String) throws {
        try PersonName.check(name)
        for taken in [path(name), servicePath(name)] where try disk.exists(taken) {
            throw EvidenceError(
                .keyExists, "there is a key named \(name) already", cause: taken,
                hint: "choose another name, or let a new key follow it with `finops-monthly keys rotate \(name)`")
        }
    }

    private func text(_ path: String) throws -> String { String(decoding: try disk.read(path), as: UTF8.self) }
    private func path(_ name: String) -> String { "\(folder)/\(name).key" }
    private func servicePath(_ name: String) -> String { "\(folder)/\(name).kms" }
    private func publicPath(_ name: String) -> String { "\(folder)/\(name).pub" }
}

public import FinOps
import Foundation
public import OpenSSL

/// A folder of public keys: `runner.pub` and `approvers/<name>.pub`, each with its window in the name once it was rotated. The
/// archive's own is a convenience; an auditor pins a copy.
public struct TrustStore: Sendable {
    public static let runnerName = "runner"
    public static let approversFolder = "approvers"
    /// Root certificates of the time-stamping authorities that count, one PEM after the other.
    public static let stampRootsName = "tsa-ca.pem"

    let folder: String
    let fileSystem: any FileSystem

    public init(folder: String, fileSystem: any FileSystem) {
        self.folder = folder
        self.fileSystem = fileSystem
    }

    /// Reads every key. A file that is no key throws `key_unusable` rather than be passed over; two owners with one key throw
    /// `key_exists`, since one of them could fill a quorum alone.
    public func load() throws -> Trust {
        let runners = try files(in: folder).filter { $0.owner == Self.runnerName }
        let approvers = Dictionary(grouping: try files(in: approversPath), by: \.owner)
        try approvers.keys.sorted().forEach(checkApprover)
        let owners = Dictionary(grouping: runners + approvers.values.joined()) { $0.trusted.key.spki }
        if let shared = owners.values.map({ Set($0.map(\.owner)).sorted() }).first(where: { $0.count > 1 }) {
            throw EvidenceError(
                .keyExists, "\(shared.joined(separator: " and ")) are trusted with one and the same key", cause: folder,
                hint: "one would count as several; remove all but one of the files")
        }
        return Trust(
            runners: runners.map(\.trusted), approvers: approvers.mapValues { $0.map(\.trusted) },
            stampRoots: try stampRoots())
    }

    /// Lists the key the runner seals with. Another runner key that is already there throws `key_exists`.
    public func trustRunner(_ key: ECDSAPublicKey) throws { try add(key, Self.runnerName, in: folder) }

    /// Lists an approver. Another key under the same name throws `key_exists`.
    public func trustApprover(_ name: String, _ key: ECDSAPublicKey) throws {
        try checkApprover(name)
        try add(key, name, in: approversPath)
    }

    /// Lists somebody who stands in for one place of the chain; again for another place. A key that counts there already is
    /// left as it is; another key under the same name throws `key_exists`.
    public func trustStandIn(_ name: String, _ key: ECDSAPublicKey, at sequence: Int) throws {
        try checkApprover(name)
        let present = try files(in: approversPath).filter { $0.owner == name }
        if let other = present.first(where: { $0.trusted.key != key }) {
            throw another(than: other, in: approversPath)
        }
        guard !present.contains(where: { $0.trusted.window.contains(sequence) }) else { return }
        try write(key, KeyFile.name(name, .only(sequence)), in: approversPath)
    }

    /// Lets a new key of the runner (`runner`) or of an approver count from a place of the chain on, and the keys before it up
    /// to there. Doing it twice changes nothing.
    public func rotate(_ owner: String, to key: ECDSAPublicKey, from sequence: Int) throws {
        try PersonName.check(owner)
        let home = owner == Self.runnerName ? folder : approversPath
        let present = try files(in: home).filter { $0.owner == owner }
        let name = KeyFile.name(owner, .from(sequence))
        try write(key, name, in: home)
        for file in present
        where file.name != name && file.trusted.key != key && file.trusted.window.contains(sequence) {
            // A key that would have counted from here on only never counts.
            if sequence > file.trusted.window.first ?? 1 {
                let closed = file.trusted.window.ending(with: sequence - 1)
                try write(file.trusted.key, KeyFile.name(owner, closed), in: home)
            }
            try fileSystem.remove("\(home)/\(file.name)")
        }
        try fileSystem.synchronize(home)
    }

    private var approversPath: String { "\(folder)/\(Self.approversFolder)" }

    /// The key that seals is no person, so no person bears its name.
    private func checkApprover(_ name: String) throws {
        try PersonName.check(name)
        guard name != Self.runnerName else {
            throw EvidenceError(
                .invalidName, "no approver can be named \(name)", cause: approversPath,
                hint: "name the key after the person who holds it")
        }
    }

    private func add(_ key: ECDSAPublicKey, _ owner: String, in home: String) throws {
        let present = try files(in: home).filter { $0.owner == owner }
        guard !present.contains(where: { $0.trusted.key == key }) else { return }
        if let other = present.first { throw another(than: other, in: home) }
        try write(key, KeyFile.name(owner, .always), in: home)
    }

    private func another(than file: KeyFile, in home: String) -> EvidenceError {
        EvidenceError(
            .keyExists, "another key is trusted for \(file.owner) already", cause: "\(home)/\(file.name)",
            hint: "`finops-monthly keys rotate \(file.owner)` lets a new key follow the old one")
    }

    private func write(_ key: ECDSAPublicKey, _ name: String, in home: String) throws {
        try AtomicFile.write(Data(key.pem.utf8), to: "\(home)/\(name)", in: fileSystem)
    }

    private func stampRoots() throws -> TimestampRoots? {
        let path = folder + "/" + Self.stampRootsName
        guard try fileSystem.exists(path) else { return nil }
        do {
            return try TimestampRoots(pem: String(decoding: try fileSystem.read(path), as: UTF8.self))
        } catch let error as OpenSSLError {
            throw EvidenceError(.keyUnusable, "\(path) cannot be used: \(error.message)", cause: error.cause)
        }
    }

    private func files(in home: String) throws -> [KeyFile] {
        guard try fileSystem.exists(home) else { return [] }
        return try fileSystem.list(home).filter { $0.hasSuffix(".pub") && !$0.hasPrefix(".") }.sorted().map { name in
            let path = "\(home)/\(name)"
            do {
                let key = try ECDSAPublicKey(pem: String(decoding: try fileSystem.read(path), as: UTF8.self))
                return try KeyFile(name: name, path: path, key: key)
            } catch let error as OpenSSLError {
                throw EvidenceError(
                    .keyUnusable, "\(path) holds no usable public key", cause: error.cause ?? error.message)
            }
        }
    }
}

/// `alice@3-14.pub`, taken apart.
private struct KeyFile {
    let name: String
    let owner: String
    let trusted: TrustedKey

    init(name: String, path: String, key: ECDSAPublicKey) throws {
        let parts = name.dropLast(4).split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        owner = String(parts[0])
        try PersonName.check(owner)
        guard let window = parts.count == 1 ? .always : KeyWindow(String(parts[1])) else {
            throw EvidenceError(
                .keyUnusable, "\(path) does not say for which months its key counts",
                hint: "name it \(owner).pub, or such as \(owner)@15-.pub for a key that counts from place 15 on")
        }
        self.name = name
        trusted = TrustedKey(key, window: window)
    }

    static func name(_ owner: String, _ window: KeyWindow) -> String {
        window == .always ? "\(owner).pub" : "\(owner)@\(window).pub"
    }
}

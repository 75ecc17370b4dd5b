public import FinOps
import Foundation
public import OpenSSL

/// Whose signatures count: `runner.pub` and `approvers/<name>.pub`.
public struct Trust: Sendable {
    public static let runnerName = "runner.pub"
    public static let approversFolder = "approvers"

    /// Nil when the folder has none: then no seal can be verified.
    public let runner: ECDSAPublicKey?
    public let approvers: [String: ECDSAPublicKey]

    public init(runner: ECDSAPublicKey?, approvers: [String: ECDSAPublicKey]) {
        self.runner = runner
        self.approvers = approvers
    }
}

/// A folder of public keys. The archive's own is a convenience; an auditor pins a copy.
public struct TrustStore: Sendable {
    let folder: String
    let fileSystem: any FileSystem

    public init(folder: String, fileSystem: any FileSystem) {
        self.folder = folder
        self.fileSystem = fileSystem
    }

    /// Reads every key. A file that is no key throws `key_unusable` rather than be passed over; two people with one key throw
    /// `key_exists`, since one of them could fill a quorum alone.
    public func load() throws -> Trust {
        let runner = folder + "/" + Trust.runnerName
        let approversFolder = folder + "/" + Trust.approversFolder
        var approvers: [String: ECDSAPublicKey] = [:]
        if try fileSystem.exists(approversFolder) {
            for file in try fileSystem.list(approversFolder) where file.hasSuffix(".pub") {
                let name = String(file.dropLast(4))
                try PersonName.check(name)
                approvers[name] = try key(approversFolder + "/" + file)
            }
        }
        let people = Dictionary(grouping: approvers.keys.sorted()) { approvers[$0]?.spki }
        if let shared = people.values.first(where: { $0.count > 1 }) {
            throw EvidenceError(
                .keyExists, "\(shared.joined(separator: " and ")) are trusted with one and the same key", cause: folder,
                hint: "one person would count as several; remove all but one of the files")
        }
        return Trust(runner: try fileSystem.exists(runner) ? try key(runner) : nil, approvers: approvers)
    }

    /// Lists the key the runner seals with. Another runner key that is already there throws `key_exists`.
    public func trustRunner(_ key: ECDSAPublicKey) throws {
        try add(key, folder + "/" + Trust.runnerName, "the runner")
    }

    /// Lists an approver. Another key under the same name throws `key_exists`.
    public func trustApprover(_ name: String, _ key: ECDSAPublicKey) throws {
        try PersonName.check(name)
        try add(key, "\(folder)/\(Trust.approversFolder)/\(name).pub", name)
    }

    private func add(_ key: ECDSAPublicKey, _ path: String, _ owner: String) throws {
        if try fileSystem.exists(path) {
            guard try self.key(path) == key else {
                throw EvidenceError(
                    .keyExists, "another key is trusted for \(owner) already", cause: path,
                    hint: "signatures of the old key would stop counting; remove \(path) by hand if that is meant")
            }
            return
        }
        try AtomicFile.write(Data(key.pem.utf8), to: path, in: fileSystem)
    }

    private func key(_ path: String) throws -> ECDSAPublicKey {
        do {
            return try ECDSAPublicKey(pem: String(decoding: try fileSystem.read(path), as: UTF8.self))
        } catch let error as OpenSSLError {
            throw EvidenceError(.keyUnusable, "\(path) holds no usable public key", cause: error.cause ?? error.message)
        }
    }
}

public import FinOps
import Foundation
import OpenSSL

/// Checks a whole archive with nothing but its files and the trusted public keys. Verdicts are lines, never errors; only a
/// disk that refuses throws.
public struct ArchiveVerifier: Sendable {
    let archiveFolder: String
    let trustFolder: String
    let fileSystem: any FileSystem

    /// `trustFolder` should be the auditor's own copy: whoever rewrites an archive can rewrite the keys in it.
    public init(archiveFolder: String, trustFolder: String, fileSystem: any FileSystem) {
        self.archiveFolder = archiveFolder
        self.trustFolder = trustFolder
        self.fileSystem = fileSystem
    }

    /// Every month, their chain and the head. `expectedHead` is a digest the auditor has from elsewhere. Throws `FileError`.
    public func verify(expectedHead: Digest? = nil) throws -> VerificationReport {
        var archive = CheckList()
        let trust = try trust(into: &archive)
        var lines: [VerificationLine] = []
        var months: [ArchivedMonth] = []
        for folder in try folders(into: &archive) {
            let result = try verify(folder, trust: trust, demandsStamps: true)
            lines += result.lines
            months.append(result.month)
        }
        if months.isEmpty { archive.add("archive", .missing, "no sealed month in \(archiveFolder)") }
        let chain = ChainCheck(months)
        lines += chain.run()
        let headPath = archiveFolder + "/" + ArchiveLayout.headName
        let head =
            try fileSystem.exists(headPath) ? String(decoding: try fileSystem.read(headPath), as: UTF8.self) : nil
        lines.append(chain.headLine(head))
        if let expectedHead { lines.append(chain.expectedLine(expectedHead)) }
        return VerificationReport(lines: archive.lines + lines, months: months, head: chain.head)
    }

    /// One month by itself, for the gate that re-reads what was just written. The chain is not part of it, nor is a stamp
    /// demanded, which can be made up for later.
    public func verify(month folder: MonthFolder) throws -> VerificationReport {
        var archive = CheckList()
        let trust = try trust(into: &archive)
        guard try fileSystem.kind(of: "\(archiveFolder)/\(folder)") == .directory else {
            archive.add("archive", .missing, "\(folder)")
            return VerificationReport(lines: archive.lines, months: [], head: nil)
        }
        let result = try verify(folder, trust: trust, demandsStamps: false)
        return VerificationReport(lines: archive.lines + result.lines, months: [result.month], head: result.month.seal)
    }

    private func verify(
        _ folder: MonthFolder, trust: Trust, demandsStamps: Bool
    ) throws -> (lines: [VerificationLine], month: ArchivedMonth) {
        try MonthVerifier(
            folder: folder, path: "\(archiveFolder)/\(folder)", trust: trust, demandsStamps: demandsStamps,
            fileSystem: fileSystem
        ).verify()
    }

    private func folders(into list: inout CheckList) throws -> [MonthFolder] {
        guard try fileSystem.exists(archiveFolder) else { return [] }
        var folders: [MonthFolder] = []
        for name in try fileSystem.list(archiveFolder) {
            guard let folder = MonthFolder(name) else { continue }
            if try fileSystem.kind(of: "\(archiveFolder)/\(name)") == .directory {
                folders.append(folder)
            } else {
                list.add("archive", .failed, "\(name) is not a folder")
            }
        }
        return folders.sorted()
    }

    private func trust(into list: inout CheckList) throws -> Trust {
        do {
            let trust = try TrustStore(folder: trustFolder, fileSystem: fileSystem).load()
            list.add(
                "trust", trust.runners.isEmpty ? .missing : .ok,
                trust.runners.isEmpty
                    ? "no \(TrustStore.runnerName).pub" : trust.runners.map(\.key.hint).joined(separator: ", "))
            return trust
        } catch let error as EvidenceError {
            list.add("trust", .failed, error.summary)
            return Trust(runner: nil, approvers: [:])
        }
    }
}

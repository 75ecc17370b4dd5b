import ArgumentParser
import Evidence
import FinOps
import Foundation
import Pipeline

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check digests, signatures and chain of an archive; judge every gate again.",
        discussion: """
            Works offline, with nothing but the archive and the public keys. Ends with 0 when everything holds, 30 when a \
            signature, digest or link does not, 31 when evidence is missing, 32 when a gate judged again gives another verdict.
            """)

    @Argument(
        help: ArgumentHelp("The archive: the folder that holds the months (default: the root's own).", valueName: "dir")
    )
    var archive: String?

    @Option(
        help: ArgumentHelp(
            "Your own copy of the trusted public keys (default: the archive's; a forger could have replaced those).",
            valueName: "dir"))
    var trust: String?

    @Option(
        help: ArgumentHelp("The digest the chain must end with, as you know it from elsewhere.", valueName: "digest"))
    var head: String?

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let layout = try global.settings(project: project).layout(root: global.rootDirectory)
            let folder = archive.map(global.absolute) ?? layout.archiveFolder
            guard FileManager.default.fileExists(atPath: folder) else {
                throw InputError(
                    "no_archive", "there is no archive at \(folder)",
                    hint: "name the folder that holds the sealed months")
            }
            let report = try ArchiveVerifier(
                archiveFolder: folder,
                trustFolder: trust.map(global.absolute) ?? "\(folder)/\(ArchiveLayout.trustName)",
                fileSystem: LocalFileSystem()
            ).verify(expectedHead: try expectedHead())
            let audit = ArchiveAudit(report: report)
            try VerifyView(format: global.format, terminal: global.terminal).show(audit, pinned: trust != nil)
            return audit.exitStatus
        }
    }

    private func expectedHead() throws -> Digest? {
        guard let head else { return nil }
        guard let digest = Digest(head) else {
            throw InputError(
                "bad_digest", "`--head \(head)` is not a SHA-256 digest", hint: "64 hexadecimal characters")
        }
        return digest
    }
}

/// What the verifier found, and what the gates say when they judge again.
struct ArchiveAudit {
    struct Month {
        let folder: String
        let comparisons: [GateRejudgement.Comparison]
    }

    let report: VerificationReport
    let months: [Month]

    init(report: VerificationReport) {
        self.report = report
        months = report.months.map {
            Month(folder: $0.folder.description, comparisons: GateRejudgement($0).compare())
        }
    }

    var exitStatus: ExitStatus {
        switch report.failure {
        case .broken: .verifyFailed
        case .incomplete: .verifyIncomplete
        case nil: months.allSatisfy { $0.comparisons.allSatisfy(\.agrees) } ? .complete : .verifyDiffers
        }
    }
}

extension GlobalOptions {
    func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}

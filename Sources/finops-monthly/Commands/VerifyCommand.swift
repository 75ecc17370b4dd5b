import ArgumentParser
import Evidence
import FinOps
import Foundation
import Pipeline

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check digests, signatures, stamps and chain of an archive; judge every gate again.",
        discussion: """
            Works offline, with nothing but the archive and the public keys. Ends with 0 when everything holds, 30 when a \
            signature, digest, stamp or link does not, 31 when evidence is missing, 32 when a gate judged again gives \
            another verdict. The verify.sh that lies beside the months makes the same checks with stock tools.
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
        name: .customLong("expect-head"),
        help: ArgumentHelp("A seal the chain must hold, as you know it from elsewhere.", valueName: "digest"))
    var expectedHead: String?

    @Option(
        help: ArgumentHelp(
            "Sign what was found with this key of yours, as an in-toto verification result.", valueName: "key"))
    var attest: String?

    @Option(
        help: ArgumentHelp(
            "Where the signed result goes (default: verification-HEAD.sigstore.json here).", valueName: "file"))
    var attestation: String?

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let settings = try global.settings(project: project)
            let folder = try archive.map(global.absolute) ?? settings.layout(root: global.rootDirectory).archiveFolder
            guard FileManager.default.fileExists(atPath: folder) else {
                throw InputError(
                    "no_archive", "there is no archive at \(folder)",
                    hint: "name the folder that holds the sealed months")
            }
            guard attest != nil || attestation == nil else {
                throw InputError(
                    "no_attesting_key", "`--attestation` says where, but nobody signs",
                    hint: "name the key with `--attest KEY`")
            }
            let head = try digest()
            let report = try ArchiveVerifier(
                archiveFolder: folder,
                trustFolder: trust.map(global.absolute) ?? "\(folder)/\(ArchiveLayout.trustName)",
                fileSystem: LocalFileSystem()
            ).verify(expectedHead: head)
            let audit = ArchiveAudit(report: report, isPinned: trust != nil, knowsHead: head != nil)
            let signed = try await attest.asyncMap { try await sign(audit, with: $0, settings) }
            try VerifyView(format: global.format, terminal: global.terminal).show(audit, attestation: signed)
            return audit.exitStatus
        }
    }

    private func digest() throws -> Digest? {
        guard let expectedHead else { return nil }
        let hexadecimal = expectedHead.hasPrefix("sha256:") ? String(expectedHead.dropFirst(7)) : expectedHead
        guard let digest = Digest(hexadecimal) else {
            throw InputError(
                "bad_digest", "`--expect-head \(expectedHead)` is not a SHA-256 digest",
                hint: "64 hexadecimal characters in lower case")
        }
        return digest
    }

    /// Returns the path of the signed result. An earlier result is never overwritten.
    private func sign(_ audit: ArchiveAudit, with key: String, _ settings: Settings) async throws -> String {
        let name = "verification-\(audit.report.head?.short ?? "none").sigstore.json"
        let path = global.absolute(attestation ?? name)
        let disk = LocalFileSystem()
        guard try !disk.exists(path) else {
            throw InputError(
                "attestation_exists", "\(path) is there already",
                hint: "name another file with `--attestation FILE`; no signed result is overwritten")
        }
        let terminal = ControllingTerminal(
            noInput: global.noInput, format: global.format, environment: global.environment)
        let signer = try await global.signingKeys(settings, terminal: terminal).open(key)
        let statement = AuditorsResult.statement(
            about: audit.report, properties: audit.properties, toolVersion: FinOpsMonthly.toolVersion,
            on: SystemClock().now())
        let bundle = try await SigstoreBundle.sign(statement.payload(), with: signer)
        try AtomicFile.write(bundle.encoded(), to: path, in: disk)
        return path
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
    /// Whether the keys were the auditor's own copy.
    let isPinned: Bool
    let knowsHead: Bool

    init(report: VerificationReport, isPinned: Bool, knowsHead: Bool) {
        self.report = report
        self.isPinned = isPinned
        self.knowsHead = knowsHead
        months = report.months.map {
            Month(folder: $0.folder.description, comparisons: GateRejudgement($0).compare())
        }
    }

    private var gatesAgree: Bool { months.allSatisfy { $0.comparisons.allSatisfy(\.agrees) } }

    var exitStatus: ExitStatus {
        switch report.failure {
        case .broken: .verifyFailed
        case .incomplete: .verifyIncomplete
        case nil: gatesAgree ? .complete : .verifyDiffers
        }
    }

    /// What an auditor may put his name to: nothing at all about an archive that does not hold.
    var properties: [AuditorsResult.Property] {
        guard report.failure == nil else { return [] }
        return [
            .archiveAsSealed, gatesAgree ? .gatesAgree : nil, report.isStamped ? .sealsStamped : nil,
            isPinned ? .keysPinned : nil, knowsHead ? .headKnown : nil,
        ].compactMap { $0 }
    }
}

extension Optional {
    fileprivate func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async throws -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}

extension GlobalOptions {
    func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}

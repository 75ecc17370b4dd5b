import ArgumentParser
import Evidence
import FinOps

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Create and list signing keys (runner, approvers).",
        subcommands: [CreateKeyCommand.self, ListKeysCommand.self], defaultSubcommand: ListKeysCommand.self)
}

struct CreateKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a P-256 key and trust its public half under the root.",
        discussion: """
            The private key stays in ~/.config/finops-monthly/keys, readable by you alone; the public key is added to the \
            trust folder of the archive. A passphrase is taken from FINOPS_KEY_PASSPHRASE or asked at the terminal.
            """)

    @Argument(help: ArgumentHelp("`runner`, or the name of an approver.", valueName: "name"))
    var name: String

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let layout = try global.settings(project: project).layout(root: global.rootDirectory)
            let store = KeyStore(folder: KeyStore.defaultFolder(environment: global.environment))
            let record = try store.create(name, passphrase: passphrase())
            let trust = TrustStore(folder: layout.trustFolder, fileSystem: LocalFileSystem())
            if name == RunnerKey.name {
                try trust.trustRunner(record.publicKey)
            } else {
                try trust.trustApprover(name, record.publicKey)
            }
            global.terminal.output("Created \(name) (\(record.isEncrypted ? "with" : "without") passphrase)")
            global.terminal.output("Private  \(record.path)")
            global.terminal.output("Trusted  \(layout.relative(layout.trustFolder))")
            return .complete
        }
    }

    /// Empty means none: said by the person, or because nobody could be asked.
    private func passphrase() -> String? {
        if let given = global.environment[Passphrase.variable] { return given.isEmpty ? nil : given }
        let terminal = ControllingTerminal(
            noInput: global.noInput, format: global.format, environment: global.environment)
        let typed = terminal?.readSecret(prompt: "Passphrase for \(name) (empty for none): ")
        return typed?.isEmpty == false ? typed : nil
    }
}

struct ListKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the private keys of this user and whom the root trusts.")

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let layout = try global.settings(project: project).layout(root: global.rootDirectory)
            let own = try KeyStore(folder: KeyStore.defaultFolder(environment: global.environment)).list()
            let trust = try TrustStore(folder: layout.trustFolder, fileSystem: LocalFileSystem()).load()
            let report = KeyReport(
                own: own.map { .init(name: $0.name, encrypted: $0.isEncrypted) }, trustedRunner: trust.runner != nil,
                trustedApprovers: trust.approvers.keys.sorted())
            guard global.format == .text else {
                global.terminal.output(String(decoding: try JSONText.line(report), as: UTF8.self))
                return .complete
            }
            for key in report.own {
                global.terminal.output("own      \(key.name)\(key.encrypted ? "" : " (no passphrase)")")
            }
            if report.trustedRunner { global.terminal.output("trusted  runner") }
            for name in report.trustedApprovers { global.terminal.output("trusted  approver \(name)") }
            return .complete
        }
    }
}

private struct KeyReport: Encodable {
    struct Key: Encodable {
        let name: String
        let encrypted: Bool
    }

    let schema = 1
    let own: [Key]
    let trustedRunner: Bool
    let trustedApprovers: [String]
}

import ArgumentParser
import Evidence
import FinOps
import OpenSSL

struct ListKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the keys of this user and whom the root trusts for which months.")

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let layout = try global.settings(project: project).layout(root: global.rootDirectory)
            let own = try KeyStore(folder: KeyStore.defaultFolder(environment: global.environment)).list()
            let trust = try TrustStore(folder: layout.trustFolder, fileSystem: LocalFileSystem()).load()
            guard global.format == .text else {
                global.terminal.output(String(decoding: try JSONText.line(KeyReport(own, trust)), as: UTF8.self))
                return .complete
            }
            for key in own { global.terminal.output("own      \(key.name) (\(key.custody.words))") }
            for key in trust.runners { global.terminal.output("trusted  runner \(key.window.words)") }
            for (name, keys) in trust.approvers.sorted(by: { $0.key < $1.key }) {
                for key in keys { global.terminal.output("trusted  approver \(name) \(key.window.words)") }
            }
            return .complete
        }
    }
}

private struct KeyReport: Encodable {
    struct Key: Encodable {
        let name: String
        let encrypted: Bool
        let service: String?
    }
    struct Trusted: Encodable {
        let name: String
        let hint: String
        let firstSequence: Int?
        let lastSequence: Int?

        init(_ name: String, _ key: TrustedKey) {
            (self.name, hint) = (name, key.key.hint)
            (firstSequence, lastSequence) = (key.window.first, key.window.last)
        }
    }

    let schema = 1
    let own: [Key]
    let trustedRunner: Bool
    let trustedApprovers: [String]
    let trusted: [Trusted]

    init(_ own: [KeyStore.Record], _ trust: Trust) {
        self.own = own.map { record in
            switch record.custody {
            case .file(let isEncrypted): Key(name: record.name, encrypted: isEncrypted, service: nil)
            case .keyManagementService(let arn): Key(name: record.name, encrypted: false, service: arn)
            }
        }
        trustedRunner = !trust.runners.isEmpty
        trustedApprovers = trust.approvers.keys.sorted()
        trusted =
            trust.runners.map { Trusted(TrustStore.runnerName, $0) }
            + trustedApprovers.flatMap { name in (trust.approvers[name] ?? []).map { Trusted(name, $0) } }
    }
}

import ArgumentParser
import Evidence

struct CreateKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a P-256 key and trust its public half under the root.",
        discussion: """
            The private key stays in ~/.config/finops-monthly/keys, readable by you alone; the public key is added to the \
            trust folder of the archive. A passphrase is taken from FINOPS_KEY_PASSPHRASE, from the file or the command of \
            the settings `key_passphrase_file` and `key_passphrase_command`, or asked at the terminal.
            """)

    @OptionGroup(title: "Key")
    var key: KeyOptions

    @OptionGroup(title: "Custody")
    var custody: CustodyOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let desk = try KeyDesk(key, global: global)
            let record = try await desk.make(custody)
            try desk.trust(record.publicKey)
            desk.show("Created", record)
            return .complete
        }
    }
}

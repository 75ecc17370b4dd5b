import ArgumentParser
import Evidence

struct RotateKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Let a new key follow the old one from the next month on.",
        discussion: """
            The old key goes on to count for what it signed: each public key in the trust folder names the places in the \
            chain it counts for, such as alice@-14.pub and alice@15-.pub. Months that wait for a decision ask again. The \
            old private key is put aside, not deleted.
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
            let sequence = try desk.nextSequence()
            let record = try await desk.make(custody, following: sequence)
            try desk.trust.rotate(key.name, to: record.publicKey, from: sequence)
            desk.show("Rotated", record, "from place \(sequence) of the chain")
            return .complete
        }
    }
}

import ArgumentParser
import Evidence
import FinOps
import OpenSSL

struct TrustKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust",
        abstract: "Trust the public key of an approver who made it on another machine.",
        discussion: """
            Compare the hint that is printed with the one the approver reads out. Where another key of that person is \
            trusted already, --rotate lets the new one follow it from the next month on. --once is for somebody who stands \
            in for an approver: the key counts for the next month to be sealed, and for no other.
            """)

    @OptionGroup(title: "Key")
    var key: KeyOptions

    @Argument(help: ArgumentHelp("The public key, as `keys create` wrote it.", valueName: "file.pub"))
    var file: String

    @Flag(help: "Let this key follow the one that is trusted now.")
    var rotate = false

    @Flag(help: "Let this key count for the next month alone: its owner stands in for somebody.")
    var once = false

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func validate() throws {
        if rotate, once { throw ValidationError("Give either `--rotate` or `--once`, not both.") }
    }

    func run() async throws {
        try await global.guarded {
            let desk = try KeyDesk(key, global: global)
            let publicKey = try read()
            if rotate {
                try desk.trust.rotate(key.name, to: publicKey, from: try desk.nextSequence())
            } else if once {
                let sequence = try desk.nextSequence()
                try desk.trust.trustStandIn(key.name, publicKey, at: sequence)
                global.terminal.output("Counts   for place \(sequence) of the chain")
            } else {
                try desk.trust(publicKey)
            }
            global.terminal.output("Trusted  \(key.name) in \(desk.layout.relative(desk.layout.trustFolder))")
            global.terminal.output("Hint     \(publicKey.hint)")
            return .complete
        }
    }

    private func read() throws -> ECDSAPublicKey {
        do {
            return try ECDSAPublicKey(pem: String(decoding: try LocalFileSystem().read(file), as: UTF8.self))
        } catch let error as FileError {
            throw InputError("bad_public_key", "`\(file)` cannot be read", cause: error.summary)
        } catch let error as OpenSSLError {
            throw InputError(
                "bad_public_key", "`\(file)` is no public key on P-256", cause: error.message,
                hint: "`finops-monthly keys create \(key.name)` writes one on the approver's machine")
        }
    }
}

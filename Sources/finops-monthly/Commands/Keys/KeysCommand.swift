import ArgumentParser

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Create, rotate, trust and list signing keys (runner, approvers).",
        subcommands: [
            CreateKeyCommand.self, RotateKeyCommand.self, TrustKeyCommand.self, ListKeysCommand.self,
        ], defaultSubcommand: ListKeysCommand.self)
}

/// Where a new key lies.
struct CustodyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Sign with a key in AWS KMS (ECC_NIST_P256) instead of making one here.", valueName: "arn"))
    var kms: String?
}

/// Which key, of which project.
struct KeyOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("`runner`, or the name of an approver.", valueName: "name"))
    var name: String

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?
}

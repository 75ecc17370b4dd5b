import ArgumentParser
import Evidence
import FinOps
import Pipeline

/// What `approve` and `reject` share: which run, who decides, and what was looked at.
struct DecisionOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The run that waits.", valueName: "run"))
    var runID: String

    @Option(help: ArgumentHelp("Who decides; signs with the key of that name.", valueName: "name"))
    var approver: String

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?
}

struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Sign an approval of a waiting report.",
        discussion: """
            At a terminal you are shown the total, the changes and the gates, and type the first eight characters of the \
            report's digest. Without a terminal the same eight characters come with --digest. There is no --yes.
            """)

    @OptionGroup(title: "Decision")
    var decision: DecisionOptions

    @Option(help: ArgumentHelp("The first 8 characters of the digest of what you read.", valueName: "digest"))
    var digest: String?

    @Option(
        name: .customLong("reviewed"),
        help: ArgumentHelp("What you looked at; repeatable, at least one.", valueName: "text"))
    var reviewed: [String] = []

    @Option(help: ArgumentHelp("Your conclusion, in a sentence.", valueName: "text"))
    var comment: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let session = try DecisionSession(decision, global: global)
            return try await session.approve(digest: digest, reviewed: reviewed, comment: comment)
        }
    }
}

struct RejectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject", abstract: "Sign a rejection of a waiting report. It is kept and sealed like an approval."
    )

    @OptionGroup(title: "Decision")
    var decision: DecisionOptions

    @Option(help: ArgumentHelp("Why; kept with the decision.", valueName: "text"))
    var reason: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            try await DecisionSession(decision, global: global).reject(reason: reason)
        }
    }
}

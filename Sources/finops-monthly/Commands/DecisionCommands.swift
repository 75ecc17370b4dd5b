import ArgumentParser
import Evidence
import FinOps
import Pipeline

/// What `approve` and `reject` share: which run, who decides, and with what.
struct DecisionOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The run that waits.", valueName: "run"))
    var runID: String?

    @Option(help: ArgumentHelp("Who decides.", valueName: "name"))
    var approver: String

    @Option(
        help: ArgumentHelp("The key to sign with: a name, or a file (default: the approver's).", valueName: "key"))
    var key: String?

    @Option(help: ArgumentHelp("Decide on another machine: the run's approval-request.json.", valueName: "file"))
    var request: String?

    @Option(help: ArgumentHelp("With --request: the folder with facts.json and reports.", valueName: "dir"))
    var report: String?

    @Option(help: ArgumentHelp("With --request: where the signed decision is put (default: here).", valueName: "dir"))
    var out: String?

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    mutating func validate() throws {
        switch (runID, request, report) {
        case (_?, nil, nil) where out == nil, (nil, _?, _?): break
        case (_?, nil, nil): throw ValidationError("`--out` belongs to `--request`: a run keeps its decisions itself.")
        case (_?, _, _): throw ValidationError("Give either a run or `--request` with `--report`, not both.")
        case (nil, _?, nil):
            throw ValidationError("`--request` needs `--report DIR`: whoever decides must have the reports.")
        case (nil, nil, _): throw ValidationError("Name the run that waits, or give `--request` with `--report`.")
        }
    }
}

struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Sign an approval of a waiting report.",
        discussion: """
            At a terminal you are shown the total, the changes and the gates, and type the first eight characters of the \
            report's digest. Without a terminal the same eight characters come with --digest. There is no --yes.

            --web shows the report and what changed in a browser on this machine, and asks there.

            On another machine: copy approval-request.json, facts.json and reports/ from the run's folder, and bring the \
            signed file back to `resume --decision FILE`.
            """)

    @OptionGroup(title: "Decision")
    var decision: DecisionOptions

    @Flag(help: "Decide in a browser on this machine: prints a link that works once.")
    var web = false

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

    func validate() throws {
        if web, digest != nil || comment != nil || !reviewed.isEmpty {
            throw ValidationError("`--web` asks in the browser; leave `--digest`, `--reviewed` and `--comment` out.")
        }
    }

    func run() async throws {
        try await global.guarded {
            let session = try DecisionSession(decision, global: global)
            if web { return try await session.decideInBrowser() }
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

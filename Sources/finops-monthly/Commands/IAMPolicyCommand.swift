import AWS
import ArgumentParser
import FinOps

struct IAMPolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "iam-policy",
        abstract: "Print the IAM policy this tool needs: reads alone, unless more is asked for.",
        discussion: """
            The policy is made from the same table as the requests, so the two cannot differ. Contacts nobody. The second \
            statement is for `doctor`, which looks for permissions that should not be there; a month does without.
            """)

    @Flag(name: .customLong("month-only"), help: "Leave out what only `doctor` asks.")
    var monthOnly = false

    @Flag(name: .customLong("account-tags"), help: "With what the setting `required_account_tags` needs.")
    var accountTags = false

    @Option(
        name: .customLong("export-bucket"),
        help: ArgumentHelp("With leave to read this bucket of line-item exports.", valueName: "name"))
    var exportBucket: String?

    @Option(
        name: .customLong("athena-work-group"),
        help: ArgumentHelp(
            "With leave to ask Athena in this work group, as `--source L3=athena:…` needs.", valueName: "name"))
    var athenaWorkGroup: String?

    @Option(
        name: .customLong("athena-results"),
        help: ArgumentHelp("The bucket that Athena writes its results to, a write.", valueName: "name"))
    var athenaResults: String?

    @Option(
        name: .customLong("member-role"),
        help: ArgumentHelp("With leave to take on this role in members, as `member_role` needs.", valueName: "name"))
    var memberRole: String?

    @Option(
        name: .customLong("signing-key"),
        help: ArgumentHelp(
            "Also allow to sign with this key in AWS KMS, which is no read.", valueName: "arn"))
    var signingKey: String?

    @Option(help: ArgumentHelp("Also allow to publish notifications to this SNS topic, a write.", valueName: "arn"))
    var topic: String?

    @Option(
        name: .customLong("mail-identity"),
        help: ArgumentHelp("Also allow to send mail as this identity of Amazon SES, a write.", valueName: "arn"))
    var mailIdentity: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let document = try LeastPrivilegePolicy(
                includesCheckup: !monthOnly, includesAccountTags: accountTags, exportBucket: exportBucket,
                athena: try athena(), memberRole: memberRole, signingKey: try signingKey.map { try KeyARN($0) },
                topic: try topic.map { try TopicARN($0) },
                mailIdentity: try mailIdentity.map { try MailIdentityARN($0) }
            ).document()
            global.terminal.output(String(decoding: document.dropLast(), as: UTF8.self))
            return .complete
        }
    }

    private func athena() throws -> AthenaGrant? {
        switch (athenaWorkGroup, athenaResults) {
        case (nil, nil): return nil
        case (let group?, let bucket?): return AthenaGrant(workGroup: group, resultsBucket: bucket)
        default:
            throw InputError(
                "conflicting_flags", "`--athena-work-group` and `--athena-results` go together",
                hint: "name the work group, and the bucket that it writes results to")
        }
    }
}

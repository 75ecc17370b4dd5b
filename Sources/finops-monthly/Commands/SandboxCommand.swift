import ArgumentParser
import FinOps
import Sandbox

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Serve the sample estate as an AWS-compatible endpoint on loopback.",
        discussion: """
            Prints the environment other programs need, then serves until it is interrupted. The AWS CLI and boto3 can read \
            it; Cost Explorer, Organizations, STS, IAM, Budgets and Invoicing answer.
            """)

    @Option(help: "The port (0: a free one).")
    var port: UInt16 = 0

    @Option(help: ArgumentHelp("The estate's own date.", valueName: "YYYY-MM-DD"))
    var today: String?

    @Option(help: "Active accounts, at least 20.")
    var accounts = 67

    @Option(
        name: .customLong("trouble"),
        help: ArgumentHelp(
            "Trouble to make, repeatable: \(SandboxTrouble.names.joined(separator: ", ")).", valueName: "name[=value]"))
    var troubles: [String] = []

    @Option(
        name: .customLong("line-items"),
        help: ArgumentHelp(
            "Write a month's line items into this folder, as AWS delivers a FOCUS 1.2 export, and end.",
            valueName: "folder"))
    var lineItems: String?

    @Option(help: ArgumentHelp("The month of `--line-items` (default: the last closed one).", valueName: "YYYY-MM"))
    var month: String?

    @Option(help: ArgumentHelp("How many months `--line-items` writes, ending with that month.", valueName: "count"))
    var months = 1

    @Option(
        help: ArgumentHelp(
            "An amount that only `--line-items` shows, to see it found: credit=-25.00.", valueName: "class=amount"))
    var discrepancy: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            var options = SandboxOptions()
            options.port = port
            options.accounts = accounts
            if let today {
                guard let day = CalendarDay(today) else {
                    throw InputError("bad_day", "`--today \(today)` is not a day", hint: "write it as YYYY-MM-DD")
                }
                options.today = day
            }
            if let lineItems {
                let estate = SampleEstate(accounts: accounts, today: options.today, seed: options.seed)
                let last = try BillingMonth.asked(month, today: options.today)
                guard (1...SampleEstate.historyMonths).contains(months),
                    last.adding(months: 1 - months) >= estate.firstMonth
                else {
                    throw InputError(
                        "bad_months", "`--months \(months)` reaches back before the estate began",
                        hint: "its first month is \(estate.firstMonth)")
                }
                let discrepancy = try discrepancy.map(SampleDelivery.discrepancy)
                for back in (0..<months).reversed() {
                    let items = SampleLineItems(
                        estate, last.adding(months: -back), discrepancy: back == 0 ? discrepancy : nil)
                    try SampleDelivery.write(items, to: lineItems).forEach { global.terminal.output($0) }
                }
                return .complete
            }
            options.troubles = try troubles.map(SandboxTrouble.init(parsing:))
            let server = try await SandboxServer.start(options)
            let key = options.credentials.payer
            global.terminal.output(
                """
                export AWS_ENDPOINT_URL=\(server.url)
                export AWS_ACCESS_KEY_ID=\(key.accessKeyID)
                export AWS_SECRET_ACCESS_KEY=\(key.secretAccessKey)
                export AWS_REGION=us-east-1
                """)
            global.terminal.talk("serving the sample estate of \(options.today); interrupt to stop")
            while true { try await Task.sleep(for: .seconds(3600)) }
        }
    }
}

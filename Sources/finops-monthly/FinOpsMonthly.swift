import ArgumentParser

@main
struct FinOpsMonthly: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finops-monthly",
        abstract: "The monthly AWS cost report of an organisation: checked, approved and sealed.",
        version: "0.1.0")
}

import ArgumentParser
import AWS

struct IAMPolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "iam-policy",
        abstract: "Print the IAM policy this tool needs: reads alone, and not one more.",
        discussion: """
            The policy is made from the same table as the requests, so the two cannot differ. Contacts nobody. The second \
            statement is for `doctor`, which looks for permissions that should not be there; a month does without.
            """)

    @Flag(name: .customLong("month-only"), help: "Leave out what only `doctor` asks.")
    var monthOnly = false

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let document = try LeastPrivilegePolicy(includesCheckup: !monthOnly).document()
            global.terminal.output(String(decoding: document.dropLast(), as: UTF8.self))
            return .complete
        }
    }
}

import ArgumentParser
import AWS
import Evidence
import FinOps
import HTTP
import OpenSSL

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract:
            "Check libraries, credentials, permissions, browser, keys, quorum; print every setting with its origin.",
        discussion: "Asks AWS nothing that is billed. Ends with 0 when a month could be run, else 1.")

    @Option(help: ArgumentHelp("The AWS profile to look at.", valueName: "name"))
    var profile: String?

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let settings = try global.settings(project: project)
            let checkup = Checkup(global: global, settings: settings, profile: profile)
            let findings = try await checkup.findings()
            try DoctorView(format: global.format, terminal: global.terminal).show(findings, settings: settings)
            return findings.contains { $0.standing == .missing } ? .trouble : .complete
        }
    }
}

/// One thing that was looked at.
struct CheckupFinding: Encodable {
    enum Standing: String, Encodable {
        case ok
        /// Works without it, with less.
        case advice
        /// A month cannot be completed without it.
        case missing
    }

    let subject: String
    let standing: Standing
    let text: String
    let hint: String?

    init(_ subject: String, _ standing: Standing, _ text: String, hint: String? = nil) {
        self.subject = subject
        self.standing = standing
        self.text = text
        self.hint = hint
    }
}

import Evidence
import FinOps
import Foundation
import Pipeline
import Sandbox

extension RunOrder {
    /// `today` is the provider's: the sample estate has its own.
    init(
        _ options: RunOptions, settings: Settings, global: GlobalOptions, today: CalendarDay? = nil,
        restates: Bool = false, skipsScreenshots: Bool = false, lineItems: ReadLineItems? = nil
    ) throws {
        let today = today ?? (options.sandbox ? SandboxOptions().today : SystemClock().now().day)
        let (scope, profile) = try options.scope()
        let month = try options.billingMonth(today: today)
        self.init(
            request: RunRequest(
                month: month, project: try settings.project(), scope: scope,
                profile: profile, personas: try settings.personas(),
                requestedBy: Self.requester(settings), isSample: options.sandbox, today: today,
                consoleExport: try Self.consoleExport(options.consoleCSV, month: month),
                memberReread: try settings.memberReread(), requiredAccountTags: try settings.requiredAccountTags(),
                // An export leaves them all unasked, which is then the reason; nothing is paid.
                extraQuestions: lineItems?.month == nil ? try settings.extraQuestions() : ExtraQuestion.allCases,
                savingsRegister: try Self.file(settings, .savings) {
                    try SavingsRegisterReader(file: $0).read($1, hashing: SystemHashing())
                },
                exchangeRates: try Self.file(settings, .exchangeRates) {
                    try ExchangeRateReader(file: $0).read($1, hashing: SystemHashing())
                }, lineItems: lineItems?.beside, monthExport: lineItems?.month),
            policy: try settings.policy(), acceptanceCriteria: try settings.acceptanceCriteria(), restates: restates,
            refreshes: options.refresh, interprets: options.interpret, skipsScreenshots: skipsScreenshots)
    }

    /// Read before anything is asked of AWS: a file that cannot be understood costs nothing.
    private static func consoleExport(_ path: String?, month: BillingMonth) throws -> ConsoleExport? {
        guard let path else { return nil }
        let bytes: Data
        do {
            bytes = try LocalFileSystem().read(path)
        } catch let error as FileError {
            throw InputError("bad_console_csv", "`--console-csv \(path)` cannot be read", cause: error.summary)
        }
        return try ConsoleExportReader(file: path, month: month).read(bytes, hashing: SystemHashing())
    }

    /// What is in the file that a setting names; nil when it names none. Read before anything is asked of AWS.
    private static func file<Value>(
        _ settings: Settings, _ setting: Setting, read: (String, Data) throws -> Value
    ) throws -> Value? {
        guard let value = settings[setting] else { return nil }
        do {
            return try read(value.text, try LocalFileSystem().read(value.text))
        } catch let error as FileError {
            throw InputError(
                "bad_\(setting.rawValue)",
                "\(value.origin): `\(setting.rawValue)` names \(value.text), which cannot be read",
                cause: error.summary)
        }
    }

    /// A person: the setting, or the name of the user who runs this.
    static func requester(_ settings: Settings) -> String {
        if let named = settings[.requestedBy]?.text { return named }
        guard let entry = getpwuid(geteuid()) else { return "uid-\(geteuid())" }
        return String(cString: entry.pointee.pw_name)
    }
}

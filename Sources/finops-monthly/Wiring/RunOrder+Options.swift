import Evidence
import FinOps
import Foundation
import Pipeline
import Sandbox

extension RunOrder {
    /// `today` is the provider's: the sample estate has its own.
    init(
        _ options: RunOptions, settings: Settings, global: GlobalOptions, today: CalendarDay? = nil,
        restates: Bool = false
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
                memberReread: try settings.memberReread(), requiredAccountTags: try settings.requiredAccountTags()),
            policy: try settings.policy(), acceptanceCriteria: try settings.acceptanceCriteria(), restates: restates,
            refreshes: options.refresh)
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

    /// A person: the setting, or the name of the user who runs this.
    static func requester(_ settings: Settings) -> String {
        if let named = settings[.requestedBy]?.text { return named }
        guard let entry = getpwuid(geteuid()) else { return "uid-\(geteuid())" }
        return String(cString: entry.pointee.pw_name)
    }
}

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
        self.init(
            request: RunRequest(
                month: try options.billingMonth(today: today), project: try settings.project(), scope: scope,
                profile: profile, personas: try settings.personas(),
                requestedBy: Self.requester(settings), isSample: options.sandbox, today: today),
            policy: try settings.policy(), acceptanceCriteria: try settings.acceptanceCriteria(), restates: restates)
    }

    /// A person: the setting, or the name of the user who runs this.
    static func requester(_ settings: Settings) -> String {
        if let named = settings[.requestedBy]?.text { return named }
        guard let entry = getpwuid(geteuid()) else { return "uid-\(geteuid())" }
        return String(cString: entry.pointee.pw_name)
    }
}

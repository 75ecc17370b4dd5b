public import FinOps

/// The sandbox could not start.
public struct SandboxError: ExplainedError, Hashable {
    public let code = "sandbox_not_started"
    public let summary: String
    public let cause: String?
    public let hint: String?

    init(port: UInt16, cause: String) {
        summary = port == 0 ? "the sandbox could not open a port" : "the sandbox could not listen on port \(port)"
        self.cause = cause
        hint = port == 0 ? nil : "end what uses the port, or let the sandbox take a free one with --port 0"
    }
}

extension SandboxOptions {
    /// Refuses what the estate cannot be, before anything is started.
    func validate() throws {
        guard (40...10_000).contains(accounts) else {
            throw InputError(
                "accounts_out_of_range", "the sample organisation cannot have \(accounts) active accounts",
                hint: "choose between 40 and 10000")
        }
        guard pageSizeGroups >= 1, latencyMilliseconds >= 0 else {
            throw InputError("option_out_of_range", "page size and latency of the sandbox must not be negative or zero")
        }
        guard (2015...2100).contains(today.year) else {
            throw InputError(
                "today_out_of_range", "the sandbox knows no \(today)", hint: "choose a day from 2015 to 2100")
        }
    }

    /// The discrepancy in force, whichever way it was given.
    var effectiveDiscrepancy: Discrepancy? { discrepancy ?? troubles.compactMap(\.discrepancy).first }

    func validateAccounts(of estate: SampleEstate) throws {
        if let account = effectiveDiscrepancy?.account, estate.account(account) == nil {
            throw InputError(
                "unknown_account", "the sample organisation has no account \(account)",
                hint: "the largest is \(estate.accounts.first { $0.rank == 1 }?.id ?? estate.payer.id)")
        }
    }
}

import Evidence
import FinOps
import Notices
import Pipeline

extension Notice {
    /// How a run ended for now.
    init(_ end: RunEnd) {
        let result = end.result
        let run = result.runID
        let reason = end.stop.map { "\($0.gate.rawValue): \($0.reasons.first ?? $0.outcome.rawValue)" }
        let (event, nextStep): (Event, String) =
            switch result.status {
            case .complete: (.complete, "`finops-monthly verify` checks \(result.archive ?? "the archive").")
            case .awaitingDecision:
                (
                    .waits,
                    "read the report, then `finops-monthly approve \(run) --approver NAME` or `finops-monthly reject \(run)`."
                )
            case .rejected: (.rejected, "`finops-monthly run --month \(result.month)` renders the month anew.")
            case .halted, .interrupted: (.failed, "mend the reason, then `finops-monthly resume \(run)`.")
            }
        let total = result.totals.map { totals in
            "\(totals.currency) \(ExactDecimal(totals.net).map { GroupedDigits.text($0) } ?? totals.net)"
        }
        self.init(
            event, run: run, month: result.month, project: result.project, isSample: result.sample,
            provider: result.export?.provider ?? "AWS", total: total,
            reason: event == .complete ? nil : reason, nextStep: nextStep)
    }

    /// Trouble before a gate could judge.
    init(_ error: any Error, run: String?, request: RunRequest) {
        self.init(
            .failed, run: run, month: request.month, project: request.project, isSample: request.isSample, total: nil,
            reason: (error as? any ExplainedError)?.summary ?? "an unexpected error",
            nextStep: (error as? UnknownDeliveries)?.hint
                ?? "mend the reason, then `finops-monthly resume\(run.map { " \($0)" } ?? "")`.")
    }

    /// A decision that was signed and taken in.
    init(_ decision: ApprovalPredicate.Decision, on request: ApprovalRequest, by person: String, order: RunRequest) {
        self.init(
            decision == .approved ? .approved : .rejected, run: request.run, month: request.period,
            project: order.project, isSample: order.isSample,
            total: Self.grouped(request.total), reason: "by \(person)",
            nextStep: "`finops-monthly resume \(request.run)` goes on.")
    }

    /// `USD 318,841.25` of `318841.25 USD`.
    private static func grouped(_ total: String) -> String {
        let parts = total.split(separator: " ")
        guard parts.count == 2, let amount = ExactDecimal(String(parts[0])) else { return total }
        return "\(parts[1]) \(GroupedDigits.text(amount))"
    }
}

extension NoticeDesk {
    /// Runs `body`, and tells people when it ends in trouble. Input that whoever is at the keyboard must correct is theirs
    /// alone, and so is a month that another process works on.
    func watching(
        _ request: RunRequest, run: String? = nil, layout: ArchiveLayout, _ body: () async throws -> RunEnd
    ) async throws -> RunEnd {
        do {
            return try await body()
        } catch {
            if error is UnknownDeliveries || GlobalOptions.status(of: error) == .trouble {
                await tell(Notice(error, run: run, request: request), of: request, layout: layout)
            }
            throw error
        }
    }
}

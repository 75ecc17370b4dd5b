import FinOps

/// Tells what went wrong at Athena as one sentence about the table.
struct AthenaTrouble {
    let table: TableName
    let settings: AthenaSettings

    func telling<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let failure as EngineFailure {
            throw told(failure)
        } catch let trouble as Trouble {
            throw told(trouble)
        }
    }

    private func told(_ failure: EngineFailure) -> InputError {
        guard failure.kind == .tooDear else {
            return InputError(
                "athena_failed", "Athena could not read table \(table)", cause: failure.message,
                hint: "Athena's console shows the query and its reason; nothing was counted")
        }
        return InputError(
            "spending_limit",
            "reading table \(table) would cost more than USD "
                + settings.spendingLimitUSD.text(fractionDigits: 2),
            cause: failure.message,
            hint:
                "raise `athena_spending_limit`, or partition the table as `finops-monthly export athena-ddl` prints it")
    }

    private func told(_ trouble: Trouble) -> any ExplainedError {
        let cause = "\(trouble.message) (\(trouble.attribution))"
        return switch trouble.kind {
        case .accessDenied:
            InputError(
                "export_denied", "Athena may not be asked about table \(table) with these credentials",
                cause: cause,
                hint:
                    "`finops-monthly iam-policy --athena-work-group \(settings.workGroup) --athena-results BUCKET` "
                    + "prints what to allow, beside reading the bucket of the export itself")
        case .invalidRequest:
            InputError(
                "athena_refused",
                "Athena takes no query about table \(table) in work group "
                    + settings.workGroup,
                cause: cause,
                hint: "`athena_work_group` and `athena_results` say where it is asked and where it writes results")
        default:
            ExportTrouble(
                code: "export_unread", summary: "table \(table) could not be read", cause: cause,
                hint: trouble.hint ?? "run again: a query that was started today is not paid for twice")
        }
    }
}

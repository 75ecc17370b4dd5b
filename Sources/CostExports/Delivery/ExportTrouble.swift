import FinOps

/// An export that could not be fetched, told as one sentence. What a person named wrongly is an `InputError` instead.
struct ExportTrouble: ExplainedError, Hashable {
    let code: String
    let summary: String
    let cause: String?
    let hint: String?

    /// Throws what AWS said of `address` in words.
    static func telling<Value>(_ address: ObjectAddress, _ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let trouble as Trouble {
            throw told(trouble, of: address)
        }
    }

    private static func told(_ trouble: Trouble, of address: ObjectAddress) -> any ExplainedError {
        let cause = "\(trouble.message) (\(trouble.attribution))"
        return switch trouble.kind {
        case .noData:
            InputError(
                "bad_export", "\(address) does not exist", cause: cause,
                hint: "look with `aws s3 ls`; bucket, prefix and name are compared letter by letter")
        case .accessDenied:
            InputError(
                "export_denied", "\(address) may not be read with these credentials", cause: cause,
                hint: "`finops-monthly iam-policy --export-bucket \(address.bucket)` prints what to allow; "
                    + "the bucket's own policy must not deny it")
        case .inconsistent:
            ExportTrouble(
                code: "export_replaced", summary: "\(address) was replaced while it was read", cause: cause,
                hint: "AWS delivers a few times a day: run again; what was fetched and not replaced is kept")
        default:
            ExportTrouble(
                code: "export_unread", summary: "\(address) could not be read", cause: cause,
                hint: trouble.hint ?? "run again: what was fetched is kept")
        }
    }

    init(code: String, summary: String, cause: String?, hint: String?) {
        (self.code, self.summary, self.cause, self.hint) = (code, summary, cause, hint)
    }

    init(unwritable address: ObjectAddress, below folder: String, cause: String) {
        self.init(
            code: "no_room", summary: "\(address) could not be written below \(folder)", cause: cause,
            hint: "make room there, or name another cache in XDG_CACHE_HOME; a run goes on where this one ended")
    }
}

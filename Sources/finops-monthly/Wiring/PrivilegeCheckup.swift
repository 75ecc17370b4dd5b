import AWS
import FinOps

/// Whether the identity could write, which a reporting tool never needs: asked of IAM, where the identity may ask.
struct PrivilegeCheckup {
    let access: WriteAccess

    func finding(_ identity: CallerIdentity) async throws -> CheckupFinding {
        let subject = "privilege"
        do {
            let writes = try await access.allowedWrites(of: identity)
            guard !writes.isEmpty else {
                return CheckupFinding(
                    subject, .ok,
                    "none of \(WriteAccess.typicalWrites.count) typical writes is allowed on all resources")
            }
            return CheckupFinding(
                subject, .advice, "this identity can write: \(writes.joined(separator: ", "))",
                hint: "use one that has the policy of `finops-monthly iam-policy` and nothing else")
        } catch let trouble as Trouble {
            let hint =
                trouble.kind == .accessDenied
                ? "allow the second statement of `finops-monthly iam-policy`, or ask who administers the account"
                : trouble.hint
            return CheckupFinding(
                subject, .advice,
                "whether this identity can write could not be checked: \(trouble.message) (\(trouble.attribution))",
                hint: hint)
        }
    }
}

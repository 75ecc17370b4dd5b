public import FinOps

/// The tool that is about to report millions starts, ends well and says which version it is: the running binary, and every
/// wheel in `dist/` from a clean environment.
public struct G0SmokeTest: Gate {
    public let id = GateID.g0
    public let title = "Smoke test"
    public let criterion = "The running binary and every wheel in dist/ exit 0 on --version and name this version."
    public let onFailure = GateAction.blockPublish

    public init() {}

    public func judge(_ product: PreflightReport, under policy: RunPolicy) -> Verdict {
        let test = product.smokeTest
        guard !test.checks.isEmpty else { return undetermined(["Nothing was tried: no binary and no wheel answered."]) }
        let complaints = test.checks.compactMap { complaint(about: $0, expecting: test.toolVersion) }
        guard complaints.isEmpty else { return failed(complaints) }
        let subjects = test.checks.map(\.subject).joined(separator: ", ")
        return passed("Version \(test.toolVersion) answered from: \(subjects).")
    }

    private func complaint(about check: SmokeTest.Check, expecting version: String) -> String? {
        guard let status = check.exitStatus else { return "\(check.subject) could not be started or was killed." }
        guard status == 0 else { return "\(check.subject) ended with exit status \(status)." }
        // Whole words only: version 1.2.0 is not named by an answer of 11.2.0.
        let words = check.answer.split(whereSeparator: \.isWhitespace)
        guard !version.isEmpty, words.contains(where: { $0 == version || $0 == "v" + version }) else {
            return "\(check.subject) does not name version \(version) but answers \"\(check.answer)\"."
        }
        return nil
    }
}

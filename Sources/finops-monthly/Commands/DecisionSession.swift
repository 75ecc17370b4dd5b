import Evidence
import FinOps
import Foundation
import Notices
import Pipeline

/// One person's decision on one request: check the very bytes, show, ask, sign, hand in. Success is said only after the
/// decision was verified and synchronised.
struct DecisionSession {
    private let person: String
    private let global: GlobalOptions
    private let desk: any DecisionDesk
    private let signing: DecisionSigning
    private let terminal: ControllingTerminal?
    private let layout: ArchiveLayout
    private let notices: NoticeDesk
    /// What deciding here does without, in sentences; the policy's own weaker modes are in the request.
    private let weakerModes: [String]

    init(_ options: DecisionOptions, global: GlobalOptions) throws {
        let settings = try global.settings(project: options.project)
        person = options.approver
        self.global = global
        terminal = ControllingTerminal(
            noInput: global.noInput, format: global.format, environment: global.environment)
        layout = try settings.layout(root: global.rootDirectory)
        notices = try NoticeDesk(global, settings: settings)
        desk = try options.desk(layout: layout)
        signing = DecisionSigning(
            keys: global.signingKeys(settings, terminal: terminal), keyName: options.key, clock: SystemClock(),
            stamping: DecisionStamping(
                settings: settings, layout: layout, environment: global.environment,
                tell: { [talking = global.terminal] in talking.talk("note: \($0)") }))
        weakerModes = settings.weakerModes(
            signingWith: options.key ?? options.approver, of: signing.keys.store, sealsHere: options.runID != nil)
    }

    func approve(digest: String?, reviewed: [String], comment: String?) async throws -> ExitStatus {
        let briefing = try desk.briefing()
        let expected = briefing.request.deliverables.short
        terminal?.write(ApprovalSummary(briefing: briefing, weakerModes: weakerModes).text)
        let typed = digest ?? terminal?.readLine(prompt: "Type the first 8 characters of the digest to approve: ")
        guard let typed, !typed.isEmpty else {
            throw InputError(
                "digest_missing", "nothing was approved: nobody said what was read",
                hint: "read \(briefing.reportPath), then give `--digest` with the first 8 characters of its digest")
        }
        guard typed == expected || typed == briefing.request.deliverables.hex else {
            throw InputError(
                "digest_differs", "nothing was approved: `\(typed)` is not the digest of the waiting report",
                hint: "the request file names it in full; read \(briefing.reportPath) first")
        }
        let lookedAt = try ask(reviewed, prompt: "What did you review? ", flag: "--reviewed")
        let conclusion = try ask(comment.map { [$0] } ?? [], prompt: "Comment: ", flag: "--comment")
        return try await record(
            .approved, briefing.request, reviewed: lookedAt, comment: conclusion.joined(separator: " "))
    }

    func reject(reason: String) async throws -> ExitStatus {
        try await record(
            .rejected, try desk.briefing().request, reviewed: ["the waiting report"], comment: reason)
    }

    private func ask(_ given: [String], prompt: String, flag: String) throws -> [String] {
        if !given.isEmpty { return given }
        if let line = terminal?.readLine(prompt: prompt), !line.isEmpty { return [line] }
        throw InputError(
            "review_missing", "nothing was approved: `\(flag)` is missing",
            hint: "an approval says what was reviewed and concluded; that is what makes it a control")
    }

    private func record(
        _ decision: ApprovalPredicate.Decision, _ request: ApprovalRequest, reviewed: [String], comment: String
    ) async throws -> ExitStatus {
        let bundle = try await signing.sign(request, decision, by: person, reviewed: reviewed, comment: comment)
        return try await report(decision, request, try await desk.receive(bundle))
    }

    /// In a browser; the person decides there whether to approve or to reject.
    func decideInBrowser() async throws -> ExitStatus {
        let request = try desk.briefing().request
        let (isApproval, receipt) = try await WebDecision(
            desk: desk, person: person, keyName: signing.keyName ?? person, signing: signing,
            weakerModes: weakerModes, global: global
        ).decide()
        return try await report(isApproval ? .approved : .rejected, request, receipt)
    }

    private func report(
        _ decision: ApprovalPredicate.Decision, _ request: ApprovalRequest, _ receipt: DecisionReceipt
    ) async throws -> ExitStatus {
        try say(decision, request, receipt)
        // On another machine there is neither the run nor, perhaps, a network.
        if receipt.sequence != nil {
            let order = try RunShelf(layout: layout, fileSystem: LocalFileSystem()).order(of: request.run).request
            await notices.tell(Notice(decision, on: request, by: person, order: order), of: order, layout: layout)
        }
        return .complete
    }

    private func say(
        _ decision: ApprovalPredicate.Decision, _ request: ApprovalRequest, _ receipt: DecisionReceipt
    ) throws {
        let word = decision == .approved ? "Approved" : "Rejected"
        guard global.format == .text else {
            let report = DecisionReport(
                runID: request.run, decision: decision.rawValue, approver: person, event: receipt.sequence,
                bundle: receipt.path)
            global.terminal.output(String(decoding: try JSONText.line(report), as: UTF8.self))
            return
        }
        if let sequence = receipt.sequence {
            global.terminal.output("\(word) by \(person) (event \(sequence) of the journal)")
            global.terminal.talk("\nhint: `finops-monthly resume \(request.run)` goes on")
        } else {
            global.terminal.output("\(word) by \(person), signed in \(receipt.path)")
            global.terminal.talk(
                "\nhint: bring that file back; `finops-monthly resume \(request.run) --decision FILE` takes it in")
        }
    }
}

extension DecisionOptions {
    fileprivate func desk(layout: ArchiveLayout) throws -> any DecisionDesk {
        if let runID { return WaitingRun(runID: runID, layout: layout) }
        return try CarriedRequest(request: request ?? "", reports: report ?? "", outputFolder: out ?? ".")
    }
}

private struct DecisionReport: Encodable {
    let schema = 1
    let runID: String
    let decision: String
    let approver: String
    let event: Int?
    let bundle: String
}

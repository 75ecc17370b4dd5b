import Evidence
import FinOps
import Foundation
import Grounding
import Pipeline
import Reports

/// What changes something: a run that begins or goes on, a draft, a request to a person. None of it decides anything.
extension ModelContextTools {
    /// The key is the month: a run that is under way, waits or is sealed is found, not begun again.
    func start(_ given: [String: String]) async throws -> JSONValue {
        guard let text = given["month"], let month = BillingMonth(text) else {
            throw InputError("bad_month", "`month` is not a month", hint: "write it as YYYY-MM")
        }
        if let sealed = try ArchiveChain(layout: layout, fileSystem: shelf.fileSystem).latest(of: month),
            sealed.predicate.outcome == .passed
        {
            return [
                "month": .string(text), "state": "sealed",
                "archive": .string(layout.relative(layout.month(sealed.folder))),
            ]
        }
        if try isBusy(month) { return ["month": .string(text), "state": "running"] }
        for run in try shelf.runIDs() where run.hasPrefix(text) {
            let status = try shelf.result(of: run).status
            if [.awaitingDecision, .halted, .interrupted].contains(status) {
                return ["month": .string(text), "run": .string(run), "state": .string(status.rawValue)]
            }
        }
        var arguments = ["run", "--month", text, "--no-input"]
        if given["sample"] == "true" { arguments.append("--sandbox") }
        if let profile = given["all_profile"] { arguments.append("--all-profile=\(profile)") }
        try own.start(arguments, as: "start-\(text)")
        return [
            "month": .string(text), "state": "started",
            "next": "finops_list_runs shows the run as soon as it has an id",
        ]
    }

    func resume(_ run: String) async throws -> JSONValue {
        let status = try shelf.result(of: run).status
        guard status != .complete, status != .rejected else {
            return ["run": .string(run), "state": .string(status.rawValue)]
        }
        if let month = BillingMonth(String(run.prefix(7))), try isBusy(month) {
            return ["run": .string(run), "state": "running"]
        }
        try own.start(["resume", run, "--no-input"], as: "resume-\(run)")
        return ["run": .string(run), "state": "started"]
    }

    /// Whether a process works on the month at this moment; its kernel lock ends with it.
    private func isBusy(_ month: BillingMonth) throws -> Bool {
        let path = layout.monthLock(month)
        guard try shelf.fileSystem.exists(path) else { return false }
        guard let lock = try shelf.fileSystem.lock(path) else { return true }
        lock.release()
        return false
    }

    func propose(_ given: [String: String]) throws -> JSONValue {
        let finished = try FinishedMonth.open(given["month"], layout: layout)
        let text = given["text"] ?? ""
        switch GroundingVerifier(finished.book).verify(text) {
        case .refused(let refusals):
            return ["accepted": false, "refusals": .array(try refusals.map { try Self.json($0) })]
        case .accepted(let grounded):
            let digest = SystemHashing().sha256(Data(text.utf8))
            let path = "\(layout.runsFolder)/.drafts/\(finished.folder)-\(digest.short).json"
            try AtomicFile.makeDirectory(
                "\(layout.runsFolder)/.drafts", durableBelow: layout.root, in: shelf.fileSystem)
            try AtomicFile.write(try JSONText.document(grounded), to: path, in: shelf.fileSystem)
            return [
                "accepted": true, "draft": .string(layout.relative(path)),
                "printed": .string(GroundedPrinter.plain(grounded, book: finished.book)),
                "facts": .array(grounded.sentences.flatMap(\.facts).map { .string($0) }),
            ]
        }
    }

    func request(_ run: String) throws -> JSONValue {
        let request = try WaitingRun(runID: run, layout: layout).briefing().request
        return [
            "run": .string(run), "request": .string(layout.relative(layout.approvalRequest(run))),
            "deliverables": .string(request.deliverables.named), "total": .string(request.total),
            "expires_on": .string("\(request.expiresOn)"),
            "a_person_must_run": .string("finops-monthly approve \(run) --approver NAME"),
        ]
    }
}

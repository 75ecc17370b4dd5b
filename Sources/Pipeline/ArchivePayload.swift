import Evidence
import FinOps
import Foundation

/// What goes into the bag, from what the run kept: a function of the journal and its objects, so that sealing again after a
/// crash gives the same bytes.
struct ArchivePayload {
    let order: RunOrder
    let outcome: RunPredicate.Outcome
    let tool: RunPredicate.Tool
    let dossier: RunDossier
    let state: RunState
    let journal: RunJournal
    let runFolder: String
    let fileSystem: any FileSystem
    let hashing: any Hashing

    func assemble() throws -> BagPayload {
        var payload = BagPayload()
        try addReports(to: &payload)
        try addProducts(to: &payload)
        try addQueries(to: &payload)
        try addApprovals(to: &payload)
        for log in state.coordinationLogs {
            try payload.add("coordination-logs/\(log.name)", journal.objects.get(log.digest))
        }
        try addIndex(to: &payload)
        return payload
    }

    /// The very bytes that were approved; a file that changed since is refused.
    private func addReports(to payload: inout BagPayload) throws {
        let set = try dossier.deliverables.orThrow(incomplete("deliverables"))
        let screenshots = dossier.screenshots?.screenshots ?? []
        let files =
            set.deliverables.map { ($0.path, $0.sha256) } + [("facts.json", set.factsSHA256)]
            + screenshots.compactMap { screenshot in
                screenshot.path.flatMap { path in screenshot.sha256.map { (path, $0) } }
            }
        for (path, digest) in files {
            let bytes = try fileSystem.read("\(runFolder)/\(path)")
            guard hashing.sha256(bytes) == digest else {
                throw InputError(
                    "deliverable_changed", "\(path) is not the file that was written and judged",
                    hint: "`finops-monthly run --month \(order.request.month)` renders the month anew")
            }
            try payload.add(path, bytes)
        }
    }

    /// What every gate judged, so that an auditor can judge again.
    private func addProducts(to payload: inout BagPayload) throws {
        try payload.add("policy.json", JSONText.document(order.policy))
        try payload.add("order.json", JSONText.document(order))
        try payload.add("gates.json", JSONText.document(dossier.verdicts.filter { $0.gate < .g8 }))
        try payload.add("products/coordination-brief.json", JSONText.document(dossier.brief))
        try payload.add("products/preflight-report.json", JSONText.document(dossier.preflight))
        try payload.add("products/account-inventory.json", JSONText.document(dossier.inventory))
        try payload.add("products/deliverable-set.json", JSONText.document(dossier.deliverables))
        try payload.add("products/screenshot-set.json", JSONText.document(dossier.screenshots))
        try payload.add("products/approval-state.json", JSONText.document(dossier.approval))
        let check = try dossier.crossValidation.orThrow(incomplete("cross-validation"))
        let verdict = try dossier.verdicts.first { $0.gate == .g4 }.orThrow(incomplete("verdict of G4"))
        try payload.add(
            "cross-validation.json", JSONText.document(JudgedCrossValidation(check: check, verdict: verdict)))
    }

    /// Each question with its pages, and each paid answer under its own digest.
    private func addQueries(to payload: inout BagPayload) throws {
        for (index, record) in (dossier.collection?.records ?? []).enumerated() {
            try payload.add(TieOut.file(index), JSONText.document(record))
        }
        if let tieOut { try payload.add("tie-out.json", JSONText.document(tieOut)) }
        for digest in Set(state.answers.values).sorted(by: { $0.hex < $1.hex }) {
            let answer = try journal.load(RememberedAnswer.self, digest)
            let name = "answers/\(hashing.sha256(answer.body)).json"
            if payload.files[name] == nil { try payload.add(name, answer.body) }
        }
    }

    private var tieOut: TieOut? {
        dossier.collection.map { TieOut($0, check: dossier.crossValidation, metric: order.policy.metric) }
    }

    /// Last, since it lists the rest.
    private func addIndex(to payload: inout BagPayload) throws {
        let index = ArchiveIndex(
            order: order, outcome: outcome, dossier: dossier, runID: state.runID, tieOut: tieOut, tool: tool)
        try payload.add("index.html", index.page(payload.files.keys.sorted()))
    }

    private func addApprovals(to payload: inout BagPayload) throws {
        guard let request = state.approvalRequest else { return }
        try payload.add("approvals/request.json", journal.objects.get(request))
        for decision in dossier.approval?.decisions ?? [] {
            try payload.add(
                "approvals/\(ArchiveLayout.decisionName(approver: decision.approver))",
                journal.objects.get(decision.bundleSHA256))
        }
    }

    private func incomplete(_ what: String) -> InputError {
        InputError("incomplete_run", "the run has no \(what) to archive")
    }
}

/// `cross-validation.json`: the arithmetic with the verdict beside it, in one object.
private struct JudgedCrossValidation: Encodable {
    let check: CrossValidation
    let verdict: Verdict

    private enum CodingKeys: String, CodingKey { case verdict }

    func encode(to encoder: any Encoder) throws {
        try check.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(verdict, forKey: .verdict)
    }
}

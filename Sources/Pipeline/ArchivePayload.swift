import Evidence
import FinOps
import Foundation

/// What goes into the bag, from what the run kept: a function of the journal and its objects, so that sealing again after a
/// crash gives the same bytes.
struct ArchivePayload {
    let order: RunOrder
    let outcome: RunPredicate.Outcome
    /// Why the month claims no total; nil where a person could decide on one.
    var unclaimed: UnclaimedMonth?
    let tool: RunPredicate.Tool
    let dossier: RunDossier
    /// One for each person.
    let decisions: [Decision]
    let state: RunState
    let journal: RunJournal
    let runFolder: String
    let fileSystem: any FileSystem
    let hashing: any Hashing

    func assemble() throws -> BagPayload {
        var payload = BagPayload()
        if let unclaimed {
            try payload.add("\(outcome.rawValue).json", JSONText.document(unclaimed))
        } else {
            try addReports(to: &payload)
        }
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
        try add("products/coordination-brief.json", dossier.brief, to: &payload)
        try add("products/preflight-report.json", dossier.preflight, to: &payload)
        try add("products/account-inventory.json", dossier.inventory, to: &payload)
        try add("products/deliverable-set.json", dossier.deliverables, to: &payload)
        try add("products/screenshot-set.json", dossier.screenshots, to: &payload)
        try add("products/approval-state.json", dossier.approval, to: &payload)
        if let check = dossier.crossValidation, let verdict = dossier.verdicts.first(where: { $0.gate == .g4 }) {
            try add("cross-validation.json", JudgedCrossValidation(check: check, verdict: verdict), to: &payload)
        }
    }

    /// A month that was not finished has no products of the phases it did not reach.
    private func add(_ path: String, _ product: (some Encodable)?, to payload: inout BagPayload) throws {
        if let product { try payload.add(path, JSONText.document(product)) }
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

    /// Totals appear where G4 has let them through.
    private var tieOut: TieOut? {
        guard dossier.verdicts.contains(where: { $0.gate == .g4 && $0.holds }) else { return nil }
        return dossier.collection.map { TieOut($0, check: dossier.crossValidation, metric: order.policy.metric) }
    }

    /// Last, since it lists the rest.
    private func addIndex(to payload: inout BagPayload) throws {
        let index = ArchiveIndex(
            order: order, outcome: outcome, unclaimed: unclaimed, dossier: dossier, decisions: decisions,
            runID: state.runID, tieOut: tieOut, tool: tool)
        try payload.add("index.html", index.page(payload.files.keys.sorted()))
    }

    private func addApprovals(to payload: inout BagPayload) throws {
        guard let request = state.approvalRequest else { return }
        try payload.add("approvals/request.json", journal.objects.get(request))
        for decision in decisions {
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

import Evidence
import FinOps
import Foundation
import Gates
import Reports

/// `index.html` of the bag: a month as an auditor walks it, from what was claimed to the bytes that support it.
struct ArchiveIndex {
    let order: RunOrder
    let outcome: RunPredicate.Outcome
    let dossier: RunDossier
    let runID: String
    let tieOut: TieOut?
    let tool: RunPredicate.Tool

    /// `paths` are those of the bag so far, relative to `data/`.
    func page(_ paths: [String]) -> Data {
        let page = ArchiveIndexPage(
            eyebrow: [order.request.project, "\(order.request.month)"],
            headline: "\(order.request.month): sealed as \(outcome.rawValue)", summary: summary,
            sections: [gates, decisions, deliverables(paths), questions].compactMap { $0 } + [others(paths)],
            commands: [
                "TRUST=your/copy/of/trust ../../verify.sh        # every month, with stock tools",
                "finops-monthly verify ../.. --trust your/copy   # the same, and every gate judged again",
                "(cd .. && sha256sum --strict --quiet -c tagmanifest-sha256.txt manifest-sha256.txt)",
            ])
        return Data(page.html.utf8)
    }

    private var summary: [(label: String, cell: ArchiveIndexPage.Cell)] {
        var lines: [(label: String, cell: ArchiveIndexPage.Cell)] = [("Run", .text(runID))]
        if let approval = dossier.approval, outcome == .passed {
            lines.append(("Net total", .text(amount(approval.total))))
            lines.append(("Approval threshold", .text(amount(approval.threshold))))
        }
        lines.append(("Requested by", .text(order.request.requestedBy)))
        if order.request.isSample { lines.append(("Data", .text("a sample estate, no real bill"))) }
        lines.append(("Tool", .text("\(tool.name) \(tool.version)")))
        lines.append(("Seal", .file("../\(BagPath.seal)", "run.sigstore.json")))
        lines.append(("Every file's digest", .file("../\(BagPath.manifest)", BagPath.manifest)))
        return lines
    }

    private var gates: ArchiveIndexPage.Section {
        let rows = dossier.verdicts.filter { $0.gate < .g8 }.map { verdict -> [ArchiveIndexPage.Cell] in
            let gate = GateCatalog.description(of: verdict.gate)
            return [
                .text("\(verdict.gate.rawValue) \(gate?.title ?? "")"), .text(gate?.criterion ?? ""),
                .word(verdict.outcome.rawValue, isGood: verdict.holds), .text(verdict.reasons.joined(separator: " ")),
            ]
        }
        return ArchiveIndexPage.Section(
            "What the gates found",
            note: "G8, the archive itself, is judged after sealing and reads these bytes again.",
            columns: ["Gate", "Asks", "Verdict", "Because"], rows: rows)
    }

    private var decisions: ArchiveIndexPage.Section? {
        guard let approval = dossier.approval, approval.state != .notRequired else { return nil }
        let rows = approval.decisions.map { decision -> [ArchiveIndexPage.Cell] in
            [
                .file("approvals/\(ArchiveLayout.decisionName(approver: decision.approver))", decision.approver),
                .word(decision.approved ? "approved" : "rejected", isGood: decision.approved),
                .text("\(decision.decidedOn)"), .text(decision.comment),
            ]
        }
        return ArchiveIndexPage.Section(
            "Who decided", note: "Each is signed, over the digest of the deliverables below.",
            columns: ["Person", "Decision", "On", "Comment"], rows: rows)
    }

    private func deliverables(_ paths: [String]) -> ArchiveIndexPage.Section {
        let digests = Dictionary(
            (dossier.deliverables?.deliverables ?? []).map { ($0.path, $0.sha256) }, uniquingKeysWith: { $1 })
        return ArchiveIndexPage.Section(
            "Deliverables", columns: ["Deliverable", "SHA-256"],
            rows: paths.filter { $0.hasPrefix("reports/") }.map { path in
                [.file(path, String(path.dropFirst("reports/".count))), .code(digests[path]?.hex ?? "")]
            })
    }

    private var questions: ArchiveIndexPage.Section? {
        guard let tieOut else { return nil }
        let rows = tieOut.queries.map { row -> [ArchiveIndexPage.Cell] in
            let tie: ArchiveIndexPage.Cell =
                if let layer = row.tiesTo, let difference = row.difference {
                    .word(
                        difference.isZero ? "ties to \(layer)" : "\(difference) off \(layer)",
                        isGood: difference.isZero)
                } else {
                    .text("–")
                }
            return [
                .file(row.query, row.id), .text(row.operation), .text(row.receivedAt.map { "\($0)" } ?? "–"),
                .text("\(row.pages)"), .text("\(row.rows)"), .text(row.total.map { "\($0)" } ?? "–"), tie,
            ]
        }
        return ArchiveIndexPage.Section(
            "What was asked, and what it adds up to",
            note:
                "Parameters and request ids are in each record, the answers in answers/, the arithmetic in tie-out.json.",
            columns: ["Question", "Operation", "Received", "Pages", "Rows", "Total", "Tie-out"], rows: rows)
    }

    private func others(_ paths: [String]) -> ArchiveIndexPage.Section {
        let shown = ["reports/", "queries/", "approvals/G7"]
        return ArchiveIndexPage.Section(
            "Everything else", columns: ["File"],
            rows: (paths + ["journal.jsonl"]).filter { path in !shown.contains { path.hasPrefix($0) } }
                .map { [.file($0, $0)] })
    }

    private func amount(_ money: Money) -> String {
        "\(money.currency) \(GroupedDigits.text(money.amount))"
    }
}

import Evidence
import FinOps
import Foundation
import Gates
import Reports

/// `index.html` of the bag: a month as an auditor walks it, from what was claimed to the bytes that support it.
struct ArchiveIndex {
    let order: RunOrder
    let outcome: RunPredicate.Outcome
    let unclaimed: UnclaimedMonth?
    let dossier: RunDossier
    let decisions: [Decision]
    let runID: String
    let tieOut: TieOut?
    let tool: RunPredicate.Tool

    /// `paths` are those of the bag so far, relative to `data/`.
    func page(_ paths: [String]) -> Data {
        let page = ArchiveIndexPage(
            eyebrow: [order.request.project, "\(order.request.month)"],
            headline: "\(order.request.month): sealed as \(outcome.rawValue)", summary: summary,
            sections: [unclaimed.map(ArchiveIndex.ending), gates, deciders, deliverables(paths), questions]
                .compactMap { $0 } + [others(paths)],
            commands: ArchiveIndex.commands)
        return Data(page.html.utf8)
    }

    /// Of a month of which there is no run to show.
    static func page(
        of unclaimed: UnclaimedMonth, as outcome: RunPredicate.Outcome, project: String, tool: RunPredicate.Tool
    ) -> Data {
        let page = ArchiveIndexPage(
            eyebrow: [project, "\(unclaimed.month)"],
            headline: "\(unclaimed.month): sealed as \(outcome.rawValue)",
            summary: [("Tool", .text("\(tool.name) \(tool.version)"))] + proof,
            sections: [
                ending(unclaimed),
                ArchiveIndexPage.Section(
                    "Everything else", columns: ["File"],
                    rows: ["\(outcome.rawValue).json", "journal.jsonl"].map { [.file($0, $0)] }),
            ],
            commands: commands)
        return Data(page.html.utf8)
    }

    private static let commands = [
        "TRUST=your/copy/of/trust ../../verify.sh        # every month, with stock tools",
        "finops-monthly verify ../.. --trust your/copy   # the same, and every gate judged again",
        "(cd .. && sha256sum --strict --quiet -c tagmanifest-sha256.txt manifest-sha256.txt)",
    ]

    private static let proof: [(label: String, cell: ArchiveIndexPage.Cell)] = [
        ("Seal", .file("../\(BagPath.seal)", "run.sigstore.json")),
        ("Every file's digest", .file("../\(BagPath.manifest)", BagPath.manifest)),
    ]

    /// Why a month claims no total.
    private static func ending(_ unclaimed: UnclaimedMonth) -> ArchiveIndexPage.Section {
        ArchiveIndexPage.Section(
            "Why this month claims no total",
            note: "It was sealed so that it is not just absent. What is stated of it later restates it.",
            columns: ["Run", "Stopped by", "Because", "Noticed by", "On"],
            rows: [
                [
                    .text(unclaimed.run ?? "none"), .text(unclaimed.stoppedBy?.rawValue ?? "–"),
                    .text(unclaimed.reason), .text(unclaimed.noticedBy), .text("\(unclaimed.noticedOn)"),
                ]
            ])
    }

    private var summary: [(label: String, cell: ArchiveIndexPage.Cell)] {
        var lines: [(label: String, cell: ArchiveIndexPage.Cell)] = [("Run", .text(runID))]
        if let approval = dossier.approval, outcome == .passed {
            lines.append(("Net total", .text(amount(approval.total))))
            lines.append(("Approval threshold", .text(amount(approval.threshold))))
        }
        lines.append(("Requested by", .text(order.request.requestedBy)))
        if order.request.isSample { lines.append(("Data", .text("a sample estate, no real bill"))) }
        if let origin = order.request.monthExport?.origin {
            lines.append(("Source", .text("\(origin.words) alone; Cost Explorer was not asked")))
        }
        lines.append(("Tool", .text("\(tool.name) \(tool.version)")))
        return lines + ArchiveIndex.proof
    }

    private var gates: ArchiveIndexPage.Section? {
        guard !dossier.verdicts.isEmpty else { return nil }
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

    private var deciders: ArchiveIndexPage.Section? {
        guard !decisions.isEmpty else { return nil }
        let rows = decisions.map { decision -> [ArchiveIndexPage.Cell] in
            [
                .file("approvals/\(ArchiveLayout.decisionName(approver: decision.approver))", decision.approver),
                .word(decision.approved ? "approved" : "rejected", isGood: decision.approved),
                .text("\(decision.decidedOn)"), .text(decision.reviewed?.joined(separator: "; ") ?? "–"),
                .text(decision.comment), .code(decision.keyHint ?? "–"),
            ]
        }
        return ArchiveIndexPage.Section(
            "Who decided",
            note: "Each is signed, over the digest of the deliverables. A key is named by SHA-256 of its public half.",
            columns: ["Person", "Decision", "On", "Reviewed", "Comment", "Key"], rows: rows)
    }

    private func deliverables(_ paths: [String]) -> ArchiveIndexPage.Section? {
        guard unclaimed == nil else { return nil }
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
        let shown = ["reports/", "approvals/G7"] + (tieOut == nil ? [] : ["queries/"])
        return ArchiveIndexPage.Section(
            "Everything else", columns: ["File"],
            rows: (paths + ["journal.jsonl"]).filter { path in !shown.contains { path.hasPrefix($0) } }
                .map { [.file($0, $0)] })
    }

    private func amount(_ money: Money) -> String {
        "\(money.currency) \(GroupedDigits.text(money.amount))"
    }
}

import Evidence
import FinOps
import Foundation

/// Sends the approved reports to each recipient, once: between the approval and the seal, and after it to those who were
/// not reached. Each letter is journaled as begun before it is sent and as accepted or refused after; addresses appear as
/// digests only.
struct DistributionStep {
    /// The step's name in the journal.
    static let name = "mail.send"

    let order: RunOrder
    let approval: ApprovalState
    let deliverables: DeliverableSet
    let desk: ApprovalDesk
    let environment: RunEnvironment
    let journal: RunJournal

    /// Before the seal. Throws `UnknownDeliveries` after everybody else was served. A refusal is said and journaled; the
    /// month is sealed all the same. The sample estate is sent to nobody.
    func work() async throws {
        guard let distribution = environment.distribution, !order.request.isSample,
            await journal.state.frozen == nil, let reports = try await approvedReports()
        else { return }
        _ = try await send(reports, distribution, isSealed: false)
    }

    /// After the seal, on demand. Throws `UnknownDeliveries`, and `InputError` where there is nothing to send or nobody to
    /// send it to.
    func workAgain() async throws -> DistributionReport {
        guard !order.request.isSample else {
            throw InputError("sample_estate", "the sample estate is sent to nobody")
        }
        guard let distribution = environment.distribution else {
            throw InputError(
                "no_distribution", "nobody is named to send the report to", hint: "name the list with `distribution`")
        }
        guard let reports = try await approvedReports() else {
            throw InputError(
                "approval_void", "nothing was sent: the approval does not hold any more",
                cause: "a signature is not trusted now", hint: "`finops-monthly keys list` shows whose keys are trusted"
            )
        }
        return try await send(reports, distribution, isSealed: true)
    }

    private func send(
        _ reports: [(path: String, bytes: Data)], _ distribution: Distribution, isSealed: Bool
    ) async throws -> DistributionReport {
        let recipients = try await distribution.post.recipients()
        var report = DistributionReport(recipientCount: recipients.count)
        for recipient in recipients {
            let letter = ReportLetter(
                key: key(recipient), recipient: recipient, reports: reports, date: environment.clock.now())
            try await settle(letter, distribution, &report)
        }
        guard report.unknown.isEmpty else {
            throw UnknownDeliveries(
                runID: desk.runID, keys: report.unknown, recipientCount: recipients.count, isSealed: isSealed)
        }
        return report
    }

    /// `sha256("RUN\nDELIVERABLES\nADDRESS\n")`: whoever knows the address can find it in the journal, nobody can read it there.
    private func key(_ recipient: String) -> Digest {
        let deliverables = deliverables.deliverablesSHA256.hex
        return environment.hashing.sha256(Data("\(desk.runID)\n\(deliverables)\n\(recipient)\n".utf8))
    }

    private func settle(
        _ letter: ReportLetter, _ distribution: Distribution, _ report: inout DistributionReport
    ) async throws {
        switch (await journal.state.deliveries[letter.key], distribution.answer) {
        case (.accepted, _): return report.earlierCount += 1
        case (.unknown, nil): return report.unknown.append(letter.key)
        case (.unknown, .delivered(let person)):
            try await record(.stepResult, letter, ["outcome": "delivered", "said_by": person])
            return report.earlierCount += 1
        case (.unknown, .sendAgain), (.refused, _), (nil, _): break
        }
        try await record(.stepIntent, letter, [:])
        switch await distribution.post.send(letter) {
        case .accepted(let id):
            var note = ["outcome": "accepted"]
            note["receipt"] = id
            try await record(.stepResult, letter, note)
            report.acceptedCount += 1
        case .refused(let reason):
            try await record(.stepFailed, letter, ["outcome": "refused", "reason": reason])
            environment.observer.observe(
                .notice(
                    "the report was not delivered to one recipient: \(reason); `finops-monthly distribute "
                        + "\(desk.runID)` tries again"))
            report.refusals.append(reason)
        case .unknown(let reason):
            environment.observer.observe(.notice("nobody knows whether the report was delivered: \(reason)"))
            report.unknown.append(letter.key)
        }
    }

    private func record(_ type: JournalEventType, _ letter: ReportLetter, _ note: [String: String]) async throws {
        try await journal.record(type, phase: .approval, step: Self.name, key: letter.key, note: note)
    }

    /// The bytes, after they were compared with what was decided on at this very moment. Nil when the approval does not hold
    /// any more: nothing is sent, and phase 8 says why.
    private func approvedReports() async throws -> [(path: String, bytes: Data)]? {
        var digest = deliverables.deliverablesSHA256
        if approval.state == .approved {
            guard let request = try await desk.openRequest(), try await desk.tally(for: request).outcome == .approved
            else { return nil }
            digest = request.deliverables
        }
        let folder = environment.layout.runFolder(desk.runID)
        return try ReportFolder(path: folder, fileSystem: environment.fileSystem)
            .pages(of: digest, run: desk.runID, shownAs: environment.layout.relative(folder))
    }
}

import Evidence
import FinOps
import Foundation

/// Between the approval and the seal: sends the approved reports to each recipient, once. Each letter is journaled as begun
/// before it is sent and as accepted or refused after; addresses appear as digests only.
struct DistributionStep {
    /// The step's name in the journal.
    static let name = "mail.send"

    let order: RunOrder
    let approval: ApprovalState
    let deliverables: DeliverableSet
    let desk: ApprovalDesk
    let environment: RunEnvironment
    let journal: RunJournal

    /// Throws `UnknownDeliveries` after everybody else was served. A refusal is said and journaled; the month is sealed all
    /// the same. The sample estate is sent to nobody.
    func work() async throws {
        guard let distribution = environment.distribution, !order.request.isSample,
            await journal.state.frozen == nil, let reports = try await approvedReports()
        else { return }
        let recipients = try await distribution.post.recipients()
        var unknown: [Digest] = []
        for recipient in recipients {
            let key = key(recipient)
            let letter = ReportLetter(
                key: key, recipient: recipient, reports: reports, date: environment.clock.now())
            if try await !settle(letter, distribution) { unknown.append(key) }
        }
        guard unknown.isEmpty else {
            throw UnknownDeliveries(runID: desk.runID, keys: unknown, recipientCount: recipients.count)
        }
    }

    /// `sha256("RUN\nDELIVERABLES\nADDRESS\n")`: whoever knows the address can find it in the journal, nobody can read it there.
    private func key(_ recipient: String) -> Digest {
        let deliverables = deliverables.deliverablesSHA256.hex
        return environment.hashing.sha256(Data("\(desk.runID)\n\(deliverables)\n\(recipient)\n".utf8))
    }

    /// False when nobody knows what became of the letter.
    private func settle(_ letter: ReportLetter, _ distribution: Distribution) async throws -> Bool {
        switch (await journal.state.deliveries[letter.key], distribution.answer) {
        case (.accepted, _): return true
        case (.unknown, nil): return false
        case (.unknown, .delivered):
            try await record(.stepResult, letter, ["outcome": "delivered", "said_by": "a person"])
            return true
        case (.unknown, .sendAgain), (.refused, _), (nil, _): break
        }
        try await record(.stepIntent, letter, [:])
        switch await distribution.post.send(letter) {
        case .accepted:
            try await record(.stepResult, letter, ["outcome": "accepted"])
        case .refused(let reason):
            try await record(.stepFailed, letter, ["outcome": "refused", "reason": reason])
            environment.observer.observe(.notice("the report was not delivered to one recipient: \(reason)"))
        case .unknown(let reason):
            environment.observer.observe(.notice("nobody knows whether the report was delivered: \(reason)"))
            return false
        }
        return true
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

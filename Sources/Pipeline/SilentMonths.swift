import Evidence
import FinOps

/// Silence is signed: before a month takes its place in the chain, every month since the chain began that nobody ran is
/// sealed as skipped, so that a missing month cannot be mistaken for a removed one.
struct SilentMonths {
    let environment: RunEnvironment
    /// Who noticed.
    let runID: String

    /// Throws what `Sealer.seal` throws.
    func seal(before month: BillingMonth) async throws {
        var last: BillingMonth?
        // The chain is read anew for each, since another run may have sealed the same month meanwhile.
        while let silent = try next(before: month), silent != last {
            last = silent
            try await seal(silent)
        }
    }

    /// The first month after the chain's beginning that has neither a seal nor a run.
    private func next(before month: BillingMonth) throws -> BillingMonth? {
        let sealed = try environment.chain.links().map(\.folder.month)
        guard var candidate = sealed.first?.next else { return nil }
        let shelf = RunShelf(layout: environment.layout, fileSystem: environment.fileSystem)
        let known = Set(sealed + (try shelf.runIDs()).compactMap { BillingMonth(String($0.prefix(7))) })
        while candidate < month {
            if !known.contains(candidate) { return candidate }
            candidate = candidate.next
        }
        return nil
    }

    private func seal(_ month: BillingMonth) async throws {
        let place = try environment.chain.nextPlace()
        guard let logID = place.logID else { return }
        let now = environment.clock.now()
        let folder = MonthFolder(month)
        let key = try await environment.runnerKey()
        do {
            _ = try await Sealer.seal(
                SealOrder(
                    folder: folder, outcome: .skipped, gates: [:], payload: try payload(month, at: now),
                    journal: .silence(of: month, noticedBy: runID, at: now), place: place, logID: logID,
                    tool: environment.tool),
                in: environment.layout, with: key, fileSystem: environment.fileSystem)
        } catch let error as EvidenceError where error.kind == .chainMoved || error.kind == .monthAlreadySealed {
            return
        }
        environment.observer.observe(.notice("nobody ran \(month): sealed as skipped"))
        await StampRound(environment: environment).stamp(folder)
    }

    private func payload(_ month: BillingMonth, at now: Timestamp) throws -> BagPayload {
        var payload = BagPayload()
        try payload.add(
            "skipped.json",
            JSONText.document(SkippedMonth(month: month, noticedBy: runID, noticedOn: now)))
        return payload
    }
}

/// `skipped.json`: all there is to say about a month that nobody ran.
private struct SkippedMonth: Encodable {
    let schema = 1
    let month: BillingMonth
    let reason = "no run was made for this month before the next one was sealed"
    let noticedBy: String
    let noticedOn: Timestamp
}

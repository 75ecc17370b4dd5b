import Evidence
import FinOps

/// No month is just absent: before a month takes its place in the chain, every earlier one since the chain began that has none
/// takes its own. It is sealed as `skipped` when nobody ran it and as `failed` when a run of it was not finished. Such a run can
/// still be resumed, and what comes of it restates the month.
struct EarlierMonths {
    let environment: RunEnvironment
    /// Who noticed.
    let runID: String

    /// Months another process works on right now are left to it. Throws what `Sealer.seal` throws.
    func seal(before month: BillingMonth) async throws {
        var seen: Set<BillingMonth> = []
        // The chain is read anew for each, since another run may have sealed the same month meanwhile.
        while let open = try next(before: month, besides: seen) {
            seen.insert(open)
            try await seal(open)
        }
    }

    /// The first month after the chain's beginning that has no seal.
    private func next(before month: BillingMonth, besides seen: Set<BillingMonth>) throws -> BillingMonth? {
        let sealed = try environment.chain.links().map(\.folder.month)
        guard var candidate = sealed.first?.next else { return nil }
        let taken = seen.union(sealed)
        while candidate < month {
            if !taken.contains(candidate) { return candidate }
            candidate = candidate.next
        }
        return nil
    }

    private func seal(_ month: BillingMonth) async throws {
        let layout = environment.layout
        do {
            let lock = try RunLock.acquire(
                layout.monthLock(month), subject: "month \(month)", in: environment.fileSystem)
            defer { lock.release() }
            let place = try environment.chain.nextPlace()
            guard let logID = place.logID, let order = try await sealOrder(month, at: place, logID) else { return }
            _ = try await Sealer.seal(
                order, in: layout, with: try await environment.runnerKey(), fileSystem: environment.fileSystem)
            let what = order.outcome == .skipped ? "nobody ran \(month)" : "\(month) was run and not finished"
            environment.observer.observe(.notice("\(what): sealed as \(order.outcome.rawValue)"))
        } catch let error as EvidenceError
            where [.busy, .chainMoved, .monthAlreadySealed].contains(error.kind)
        {
            return
        }
        await StampRound(environment: environment).stamp(MonthFolder(month))
    }

    /// Nil when there is nothing to say: a run of the month was closed, so it was sealed once.
    private func sealOrder(_ month: BillingMonth, at place: ChainPlace, _ logID: String) async throws -> SealOrder? {
        let shelf = RunShelf(layout: environment.layout, fileSystem: environment.fileSystem)
        guard let run = try shelf.newestRun(of: month) else {
            return try silence(
                UnclaimedMonth(
                    month: month, run: nil, stoppedBy: nil,
                    reason: "no run of this month was found when the next one was to be sealed", noticedBy: runID,
                    noticedOn: environment.clock.now()),
                as: .skipped, at: place, logID)
        }
        do {
            return try await UnfinishedMonth(runID: run, noticedBy: runID, environment: environment).sealOrder(
                at: place, logID)
        } catch  where isUnreadable(error) {
            let cause = (error as? any ExplainedError)?.summary ?? "it is of another form"
            return try silence(
                UnclaimedMonth(
                    month: month, run: run, stoppedBy: nil, reason: "its run cannot be read: \(cause)",
                    noticedBy: runID, noticedOn: environment.clock.now()),
                as: .failed, at: place, logID)
        }
    }

    /// Whether the run is what is wrong, and not the disk.
    private func isUnreadable(_ error: any Error) -> Bool {
        switch error {
        case let error as EvidenceError:
            [.journalDamaged, .objectMissing, .objectDamaged, .malformed].contains(error.kind)
        case is InputError, is DecodingError: true
        default: false
        }
    }

    /// All there is to seal where no run can be shown.
    private func silence(
        _ unclaimed: UnclaimedMonth, as outcome: RunPredicate.Outcome, at place: ChainPlace, _ logID: String
    ) throws -> SealOrder {
        var payload = BagPayload()
        try payload.add("\(outcome.rawValue).json", JSONText.document(unclaimed))
        try payload.add(
            "index.html",
            ArchiveIndex.page(of: unclaimed, as: outcome, project: environment.layout.project, tool: environment.tool))
        return SealOrder(
            folder: MonthFolder(unclaimed.month), outcome: outcome, gates: [:], payload: payload,
            journal: try .silence(of: unclaimed.month, as: outcome, noticedBy: runID, at: unclaimed.noticedOn),
            place: place, logID: logID, tool: environment.tool)
    }
}

/// `skipped.json` or `failed.json`: why a month claims no total.
struct UnclaimedMonth: Encodable {
    let schema = 1
    let month: BillingMonth
    /// The run that was not finished; nil when nobody ran the month.
    let run: String?
    /// The gate that did not hold, if one stopped it.
    let stoppedBy: GateID?
    let reason: String
    /// The run of a later month.
    let noticedBy: String
    let noticedOn: Timestamp
}

import Evidence
package import FinOps

/// Phase 7: decides whether a human is needed, asks where one can answer, and counts signed decisions. Waiting is a state of
/// its own; nothing here ever approves.
package struct ApprovalPhase {
    let order: RunOrder
    let deliverables: DeliverableSet
    let crossValidation: CrossValidation
    let desk: ApprovalDesk
    /// Gates that were advised or did not hold: whoever decides is told.
    let concerns: [Verdict]
    let environment: RunEnvironment
    let journal: RunJournal

    package init(
        order: RunOrder, deliverables: DeliverableSet, crossValidation: CrossValidation, desk: ApprovalDesk,
        concerns: [Verdict], environment: RunEnvironment, journal: RunJournal
    ) {
        (self.order, self.deliverables, self.crossValidation) = (order, deliverables, crossValidation)
        (self.desk, self.concerns, self.environment, self.journal) = (desk, concerns, environment, journal)
    }

    package func work() async throws -> ApprovalState {
        // G4 has passed by now, so the layer is there; without it nothing could be asked of anybody.
        guard let total = crossValidation.netTotal else {
            throw InputError("no_total", "there is no validated total to decide on")
        }
        // Amounts of two currencies cannot be compared, so a person decides.
        let threshold = order.policy.approvalThreshold
        if total.currency == threshold.currency, total.amount <= threshold.amount {
            return state(.notRequired, total: total)
        }
        let request = try await currentRequest(total: total)
        let refused = try await desk.receiveOffline(for: request)
        var tally = try await desk.tally(for: request)
        if tally.outcome == .waiting, environment.clock.now() > request.expiresOn {
            try await journal.record(.approvalExpired, phase: .approval, note: ["request": request.requestId])
            return state(.expired, total: total, request: request, tally: tally, refused: refused)
        }
        if tally.outcome == .waiting, let approver = environment.approver,
            let answer = try await approver.ask(try briefing(request))
        {
            _ = try await desk.receive(try answer.encoded(), for: request)
            tally = try await desk.tally(for: request)
        }
        let outcome: ApprovalState.State =
            switch tally.outcome {
            case .waiting: .waiting
            case .approved: .approved
            case .rejected: .rejected
            }
        return state(outcome, total: total, request: request, tally: tally, refused: refused)
    }

    private func briefing(_ request: ApprovalRequest) throws -> ApprovalBriefing {
        let folder = environment.layout.runFolder(desk.runID)
        return try ReportFolder(path: folder, fileSystem: environment.fileSystem)
            .briefing(for: request, shownAs: environment.layout.relative(folder))
    }

    /// The open request, or a fresh one when there is none or it is about other bytes, another policy or another place in the
    /// chain: then whatever was decided on it no longer counts.
    private func currentRequest(total: Money) async throws -> ApprovalRequest {
        let policyDigest = try environment.hashing.sha256(JSONText.document(order.policy))
        let terms = ApprovalTerms(
            month: order.request.month, policy: order.policy, policyDigest: policyDigest, deliverables: deliverables,
            total: total, concerns: concerns, requestedBy: order.request.requestedBy)
        let open = try await desk.openRequest()
        // Once the journal is frozen, what was decided is being sealed; its place in the chain is phase 8's to defend.
        if let open, await journal.state.frozen != nil { return open }
        try await EarlierMonths(environment: environment, runID: await journal.state.runID).seal(
            before: order.request.month)
        let place = try environment.chain.nextPlace()
        if let open {
            if open.deliverables == deliverables.deliverablesSHA256, open.policy == policyDigest,
                open.seq == place.sequence, open.previous == place.previous
            {
                return open
            }
            try await journal.record(.approvalExpired, phase: .approval, note: ["request": open.requestId])
        }
        return try await desk.request(terms, at: place, randomness: environment.randomness)
    }

    private func state(
        _ state: ApprovalState.State, total: Money, request: ApprovalRequest? = nil, tally: ApprovalTally? = nil,
        refused: [String] = []
    ) -> ApprovalState {
        ApprovalState(
            state: state, total: total, threshold: order.policy.approvalThreshold,
            quorum: order.policy.approvalQuorum, requestID: request?.requestId, expiresOn: request?.expiresOn,
            decisions: tally?.decisions ?? [],
            refused: refused + (tally?.refused.map { "\($0.bundle.short): \($0.reason.sentence)" } ?? []))
    }
}

extension CrossValidation {
    /// What the month costs: the unfiltered layer. Zero never stands in for a layer that is missing.
    var netTotal: Money? { layer("L3").map { Money($0.total, currency) } }
}

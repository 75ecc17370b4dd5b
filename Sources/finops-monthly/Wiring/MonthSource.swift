import AWS
import Dashboard
import Evidence
import FinOps
import Foundation
import Pipeline
import Sandbox

/// Where a dashboard's month comes from, the free ones first: a run below this root, the sealed archive, AWS.
struct MonthSource {
    let global: GlobalOptions
    let settings: Settings
    let layout: ArchiveLayout
    let order: RunOrder
    /// The user named whose costs; otherwise any organisation's month of this root will do.
    let namesScope: Bool

    private var month: BillingMonth { order.request.month }

    /// Nil when only AWS can answer. `needsLines` and `tag` are what the archive, or a run, may not have kept.
    func kept(needsLines: Bool, metrics: [CostMetric], tag: String?) throws -> FoundMonth? {
        guard !order.refreshes else { return nil }
        let disk = LocalFileSystem()
        let shelf = RunShelf(layout: layout, fileSystem: disk)
        let wanted = order.request
        let run = try shelf.foundMonth(month, now: SystemClock().now()) { request in
            request.isSample == wanted.isSample
                && (!namesScope || request.scope == wanted.scope && request.profile == wanted.profile)
                && (tag == nil || request.requiredAccountTags?.contains(tag!) == true)
        }
        if let run { return run }
        guard !needsLines, tag == nil,
            let sealed = try VerifiedMonth(month, layout: layout, fileSystem: disk)?.foundMonth(),
            sealed.request.isSample == wanted.isSample,
            !namesScope || sealed.request.scope == wanted.scope && sealed.request.profile == wanted.profile,
            metrics.allSatisfy({ sealed.figures(by: $0) != nil })
        else { return nil }
        return sealed
    }

    /// What asking would cost, before it is asked.
    var price: (questions: Int, cost: ExactDecimal) {
        let plan = PlannedMonth(
            order: order, cache: order.request.isSample || order.refreshes ? nil : AnswerCacheFolder(global),
            now: SystemClock().now())
        let cheapest = plan.cachedAccounts.map(plan.cost(for:)).min() ?? plan.cost
        return (plan.questions.count, cheapest)
    }

    func ask() async throws -> FoundMonth {
        let wiring = try await Wiring.open(
            global, settings: settings, isSample: order.request.isSample, profile: order.request.profile,
            approver: nil)
        defer { wiring.close() }
        return try await wiring.engine.look.ask(order)
    }
}

extension FoundMonth.Origin {
    /// For the line `Source`.
    func words(isSample: Bool) -> String {
        switch self {
        case .asked(let usage):
            let calls = usage.calls.values.reduce(0, +)
            let billed = isSample ? " (sample estate: nothing was billed)" : ""
            return "asked now: \(calls) calls, USD \(usage.costUSD.text(fractionDigits: 2))\(billed)"
        case .run(let run, let opened): return "run \(run) of \(opened.day); nothing was asked"
        case .archive(let folder, let seal): return "sealed archive \(folder), seal \(seal.short); nothing was asked"
        }
    }
}

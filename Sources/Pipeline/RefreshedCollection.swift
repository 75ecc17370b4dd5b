import FinOps

/// A memory that can be told to ask everything once more.
protocol RepeatableMemo: AnswerMemo {
    func beginAnew() async
}

/// Collects, and once more when the answers of one run cannot all be true: Cost Explorer refreshes its data several times a
/// day, and a refresh between two requests breaks identities that hold for any month. What is broken a second time is
/// reported as it is.
struct RefreshedCollection {
    let validator: CrossValidator
    let memo: any RepeatableMemo
    let observer: any RunObserver

    func work(_ collect: () async throws -> CostCollection) async throws -> CostCollection {
        let first = try await collect()
        let broken = validator.validate(first).identities.filter { $0.isInternal && !$0.holds }
        // Files answer the same however often they are read.
        guard let identity = broken.first, first.origin == nil else { return first }
        observer.observe(
            .notice("the data changed between two requests (\(identity.statement)): everything is asked once more"))
        await memo.beginAnew()
        return try await collect()
    }
}

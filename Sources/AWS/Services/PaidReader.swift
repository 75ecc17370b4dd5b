import FinOps
import Foundation

/// Asks what costs money, unless the answer has been paid for before: by this run (the memo) or by an earlier one (the cache).
struct PaidReader: Sendable {
    let caller: any AWSCaller
    let memo: any AnswerMemo
    /// Nil when nothing may outlive the run.
    let cache: (any AnswerCache)?
    /// Where Cost Explorer is asked.
    let endpoint: String
    let account: CallerAccount
    let hashing: any Hashing
    let clock: any FinOps.Clock
    /// The provider's, so that a wrong clock here cannot make an open month look settled.
    let today: @Sendable () -> CalendarDay

    /// The whole answer to a question, page by page.
    ///
    /// - Parameters:
    ///   - generation: Tells apart the pages of a listing that was begun anew, so that a first page whose token has gone
    ///     stale is not remembered for ever.
    ///   - tokenName: The member that carries a page's token into the next question.
    ///   - validity: How long the answer that came on that day may be used by later runs.
    func listing<Page: Sendable>(
        _ operation: ReadOperation, _ question: RequestJSON, generation: Int = 0,
        tokenName: String = "NextPageToken", token: (Page) -> String?,
        validity: ([Page], CalendarDay) -> CachedListing.Validity, decode: @Sendable (Data) throws -> Page
    ) async throws -> [ServiceAnswer<Page>] {
        let paid = try await self.question(operation, question.data)
        if generation == 0 { try await recall(paid, operation, decode) }
        var bodies: [Data] = []
        let pages = try await Paging.drain(operation, token: token) { token in
            let body = question.adding(tokenName, token).data
            bodies.append(body)
            return try await read(operation, body: body, generation: generation, decode: decode)
        }
        keep(paid, bodies, pages, validity(pages.map(\.value), today()))
        return pages
    }

    private func read<Value: Sendable>(
        _ operation: ReadOperation, body: Data, generation: Int, decode: @Sendable (Data) throws -> Value
    ) async throws -> ServiceAnswer<Value> {
        let key = try await key(operation, body, generation)
        if let remembered = try await memo.answer(to: key) {
            return ServiceAnswer(
                value: try decode(remembered.body), body: remembered.body, requestID: remembered.requestID,
                receivedAt: remembered.receivedAt, isFromCache: remembered.isFromCache)
        }
        try await memo.begin(key, operation: operation.rawValue)
        let answer = try await caller.call(operation, body: body, decode: decode)
        try await memo.remember(RememberedAnswer(operation, answer), for: key)
        return answer
    }

    /// Gives the run an earlier run's answer, as if it had been asked for: from here on the memo has it, with the request id
    /// and the time of the original.
    private func recall<Page>(
        _ question: PaidQuestion, _ operation: ReadOperation, _ decode: (Data) throws -> Page
    ) async throws {
        let first = try await key(operation, question.body, 0)
        guard let cache, await memo.recallsEarlierRuns, try await memo.answer(to: first) == nil,
            let listing = cache.listing(of: question, at: clock.now()),
            // What cannot be read any more is asked again.
            (try? listing.pages.forEach { _ = try decode($0.answer.body) }) != nil
        else { return }
        // Backwards: once the first page is there, all are, wherever the process may be killed.
        for page in listing.pages.reversed() {
            try await memo.remember(page.answer.fromCache, for: try await key(operation, page.body, 0))
        }
    }

    private func keep<Page>(
        _ question: PaidQuestion, _ bodies: [Data], _ pages: [ServiceAnswer<Page>],
        _ validity: CachedListing.Validity
    ) {
        guard let cache, !pages.contains(where: \.isFromCache) else { return }
        let answers = zip(bodies, pages).map { body, page in
            CachedListing.Page(body: body, answer: RememberedAnswer(question.operation, page))
        }
        cache.keep(CachedListing(question: question, pages: answers, validity: validity))
    }

    private func question(_ operation: ReadOperation, _ body: Data) async throws -> PaidQuestion {
        let caller = try await account.identity()
        return PaidQuestion(
            endpoint: endpoint, partition: caller.partition, account: caller.account, operation: operation.rawValue,
            body: body)
    }

    private func key(_ operation: ReadOperation, _ body: Data, _ generation: Int) async throws -> Digest {
        let scope = "\(operation.rawValue)\n\(try await account.identity().account)\n\(generation)\n"
        return hashing.sha256(Data(scope.utf8) + body)
    }
}

extension RememberedAnswer {
    fileprivate init<Value>(_ operation: ReadOperation, _ answer: ServiceAnswer<Value>) {
        self.init(operation.rawValue, answer)
    }

    fileprivate init<Value>(_ operation: String, _ answer: ServiceAnswer<Value>) {
        self.init(
            operation: operation, requestID: answer.requestID, receivedAt: answer.receivedAt, body: answer.body)
    }
}

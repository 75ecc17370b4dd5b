public import FinOps
import Foundation
import HTTP

/// Amazon Athena, as far as line items are asked through it. Starting a query is no read, since Athena writes the result into a
/// bucket; this is the only door to it. The token makes asking twice the same query.
public struct Athena: QueryService {
    /// What a policy must allow in one work group.
    static let permissions = [
        ServiceCall.getQueryExecution, .getQueryResults, .getWorkGroup, .startQueryExecution, .stopQueryExecution,
    ].map(\.name)

    let connection: ServiceConnection
    let credentials: CredentialStore
    let hashing: any Hashing

    private static let firstWaitNanoseconds: UInt64 = 250_000_000
    private static let longestWaitNanoseconds: UInt64 = 2_000_000_000

    public func run(_ query: RemoteQuery) async throws -> RemoteQueryEnd {
        let end = try await run(query, token: query.token)
        // The same token brings back the same failure, also after its cause is gone.
        guard case .failed = end.outcome, !end.isNew else { return end }
        return try await run(query, token: hashing.sha256(Data((query.token.hex + end.id).utf8)))
    }

    public func scanLimitBytes(of workGroup: String) async throws -> Int? {
        try await ask(.getWorkGroup, ["WorkGroup": .text(workGroup)], as: WorkGroupAnswer.self)
            .value.WorkGroup.Configuration?.BytesScannedCutoffPerQuery
    }

    private func run(_ query: RemoteQuery, token: Digest) async throws -> RemoteQueryEnd {
        let askedAt = now
        let id = try await start(query, token)
        let (execution, wasStopped) = try await end(of: id, stopAfterBytes: query.stopAfterBytes)
        // AWS's clock and ours, exact to a few seconds.
        let isNew = (execution.Status.SubmissionDateTime ?? .infinity) > Double(askedAt) - 5
        let scanned = execution.Statistics?.DataScannedInBytes ?? 0
        func ended(_ outcome: RemoteQueryEnd.Outcome, _ pages: [QueryRecord.Page] = []) -> RemoteQueryEnd {
            RemoteQueryEnd(outcome: outcome, id: id, scannedBytes: scanned, isNew: isNew, pages: pages)
        }
        if wasStopped { return ended(.stopped) }
        guard execution.Status.State == "SUCCEEDED" else {
            return ended(.failed(reason: execution.Status.StateChangeReason ?? "it was \(execution.Status.State)"))
        }
        let pages = try await results(of: id)
        let (columns, rows) = try ResultPage.table(pages.map(\.value), id: id)
        return ended(
            .answered(columns: columns, rows: rows),
            pages.map {
                QueryRecord.Page(
                    requestID: $0.requestID, receivedAt: $0.receivedAt, bodySHA256: hashing.sha256($0.body),
                    bytes: $0.body.count)
            })
    }

    /// Seconds, by AWS's clock as far as it is known.
    private var now: Int { connection.clock.now().secondsSinceEpoch - (connection.skew.reading ?? 0) }

    private func start(_ query: RemoteQuery, _ token: Digest) async throws -> String {
        var body: [String: RequestJSON] = [
            "ClientRequestToken": .text(token.hex), "QueryString": .text(query.sql),
            "QueryExecutionContext": ["Database": .text(query.database)], "WorkGroup": .text(query.workGroup),
        ]
        if let results = query.results {
            body["ResultConfiguration"] = ["OutputLocation": .text(results.description + "/")]
        }
        return try await ask(.startQueryExecution, .object(body), as: StartAnswer.self).value.QueryExecutionId
    }

    /// Whoever stops waiting stops the query: nobody would read what it goes on to scan.
    private func end(of id: String, stopAfterBytes limit: Int) async throws -> (ExecutionAnswer.Execution, Bool) {
        var wait = Self.firstWaitNanoseconds
        do {
            while true {
                let execution = try await ask(
                    .getQueryExecution, ["QueryExecutionId": .text(id)], as: ExecutionAnswer.self
                ).value.QueryExecution
                if ["SUCCEEDED", "FAILED", "CANCELLED"].contains(execution.Status.State) { return (execution, false) }
                if execution.Statistics?.DataScannedInBytes ?? 0 > limit {
                    await stop(id)
                    return (execution, true)
                }
                try await connection.clock.sleep(nanoseconds: wait)
                wait = min(wait * 2, Self.longestWaitNanoseconds)
            }
        } catch {
            await stop(id)
            throw error
        }
    }

    /// In a task of its own, which the cancellation of this one does not reach. Nothing can be done when it fails.
    private func stop(_ id: String) async {
        await Task {
            _ = try? await connection.exchange(
                .stopQueryExecution, .post(RequestJSON.object(["QueryExecutionId": .text(id)]).data),
                credentials: credentials
            ) { _ in }
        }.value
    }

    private func results(of id: String) async throws -> [ServiceAnswer<ResultPage>] {
        let body: RequestJSON = ["QueryExecutionId": .text(id), "MaxResults": 1_000]
        return try await Paging.drain(ServiceCall.getQueryResults.name, token: \ResultPage.NextToken) { token in
            try await ask(.getQueryResults, body.adding("NextToken", token), as: ResultPage.self)
        }
    }

    func ask<Answer: Decodable & Sendable>(
        _ call: ServiceCall, _ body: RequestJSON, as type: Answer.Type
    ) async throws -> ServiceAnswer<Answer> {
        try await connection.exchange(
            call, body: body.data, credentials: credentials, decode: AnswerJSON.decoder(type))
    }
}

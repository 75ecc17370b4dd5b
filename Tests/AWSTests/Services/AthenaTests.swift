import FinOps
import Foundation
import HTTP
import Testing

@testable import AWS

/// What is sent to Athena, and what is made of its answers.
@Suite struct AthenaTests {
    private static let started = ScriptedWire.Step.json(#"{"QueryExecutionId":"q-1"}"#)

    /// Submitted at the manual clock's nine o'clock, unless it is older.
    private static func state(
        _ state: String, scanned: Int = 0, reason: String? = nil, secondsOld: Int = 0
    ) -> ScriptedWire.Step {
        let submitted = Timestamp("2026-03-10T09:00:00Z")!.secondsSinceEpoch - secondsOld
        let words = reason.map { #","StateChangeReason":"\#($0)""# } ?? ""
        return .json(
            #"{"QueryExecution":{"Status":{"State":"\#(state)","SubmissionDateTime":\#(submitted).25\#(words)},"#
                + #""Statistics":{"DataScannedInBytes":\#(scanned)}}}"#)
    }

    private static func page(_ rows: [[String?]], token: String? = nil) -> ScriptedWire.Step {
        let texts = rows.map { row in
            #"{"Data":[\#(row.map { $0.map { #"{"VarCharValue":"\#($0)"}"# } ?? "{}" }.joined(separator: ","))]}"#
        }
        let next = token.map { #","NextToken":"\#($0)""# } ?? ""
        return .json(#"{"ResultSet":{"Rows":[\#(texts.joined(separator: ","))]}\#(next)}"#)
    }

    private func run(
        _ steps: [ScriptedWire.Step], stopAfterBytes: Int = 1_000_000, clock: ManualClock = ManualClock()
    ) async throws -> (RemoteQueryEnd, ScriptedWire) {
        let wire = ScriptedWire(steps)
        let athena = try services(
            wire, environment: staticKeys.merging(["AWS_REGION": "eu-west-1"]) { $1 }, clock: clock
        ).athena
        let query = RemoteQuery(
            sql: "SELECT 1", database: "finops", workGroup: "reports", results: ObjectAddress("s3://results/athena"),
            token: TestHashing().sha256(Data("question".utf8)), stopAfterBytes: stopAfterBytes)
        return (try await athena.run(query), wire)
    }

    private func operations(_ wire: ScriptedWire) -> [String] {
        wire.requests.map { String($0.headers["X-Amz-Target"]?.split(separator: ".").last ?? "") }
    }

    @Test func `a query is started under its token, waited for, and read page by page without its heading`()
        async throws
    {
        let clock = ManualClock()
        let (end, wire) = try await run(
            [
                Self.started, Self.state("QUEUED"), Self.state("RUNNING", scanned: 10),
                Self.state("SUCCEEDED", scanned: 4_096),
                Self.page([["account", "amount"], ["1", "0.1"]], token: "t"),
                Self.page([["2", nil]]),
            ], clock: clock)
        guard case .answered(let columns, let rows) = end.outcome else { throw Trouble.unanswered }
        #expect(columns == ["account", "amount"])
        #expect(rows == [["1", "0.1"], ["2", nil]])
        #expect(end.id == "q-1" && end.scannedBytes == 4_096 && end.isNew && end.pages.count == 2)
        #expect(clock.sleptMilliseconds == [250, 500])
        let first = try #require(wire.requests.first)
        #expect(first.url == "https://athena.eu-west-1.amazonaws.com/")
        #expect(first.headers["X-Amz-Target"] == "AmazonAthena.StartQueryExecution")
        let token = TestHashing().sha256(Data("question".utf8)).hex
        #expect(
            first.bodyText == #"{"ClientRequestToken":"\#(token)","QueryExecutionContext":{"Database":"finops"},"#
                + #""QueryString":"SELECT 1","ResultConfiguration":{"OutputLocation":"s3://results/athena/"},"#
                + #""WorkGroup":"reports"}"#)
        #expect(wire.requests[4].bodyText == #"{"MaxResults":1000,"QueryExecutionId":"q-1"}"#)
        #expect(wire.requests[5].bodyText == #"{"MaxResults":1000,"NextToken":"t","QueryExecutionId":"q-1"}"#)
    }

    @Test func `a query that is asked again after the line broke has the same token`() async throws {
        let (_, wire) = try await run([
            .failure(.reset), Self.started, Self.state("SUCCEEDED"), Self.page([["a"]]),
        ])
        #expect(wire.requests[0].bodyText == wire.requests[1].bodyText)
    }

    @Test func `a query that failed says why, in Athena's words`() async throws {
        let (end, wire) = try await run([
            Self.started, Self.state("FAILED", reason: "COLUMN_NOT_FOUND: line 1:8"),
        ])
        guard case .failed(let reason) = end.outcome else { throw Trouble.unanswered }
        #expect(reason == "COLUMN_NOT_FOUND: line 1:8")
        #expect(operations(wire) == ["StartQueryExecution", "GetQueryExecution"])
    }

    @Test func `a failure of an earlier run is not taken for today's`() async throws {
        let (end, wire) = try await run([
            Self.started, Self.state("FAILED", reason: "old", secondsOld: 3_600),
            .json(#"{"QueryExecutionId":"q-2"}"#), Self.state("SUCCEEDED"), Self.page([["a"]]),
        ])
        #expect(end.id == "q-2")
        #expect(wire.requests[0].bodyText != wire.requests[2].bodyText)
    }

    @Test func `an answer of an earlier run is not paid for again`() async throws {
        let (end, _) = try await run([
            Self.started, Self.state("SUCCEEDED", scanned: 5, secondsOld: 3_600), Self.page([["a"]]),
        ])
        #expect(!end.isNew && end.scannedBytes == 5)
    }

    @Test func `a query that scans more than it may is stopped`() async throws {
        let (end, wire) = try await run(
            [Self.started, Self.state("RUNNING", scanned: 101), .json("{}")], stopAfterBytes: 100)
        guard case .stopped = end.outcome else { throw Trouble.unanswered }
        #expect(end.scannedBytes == 101)
        #expect(operations(wire) == ["StartQueryExecution", "GetQueryExecution", "StopQueryExecution"])
    }

    @Test func `whoever stops waiting stops the query`() async throws {
        let wire = ScriptedWire([Self.started, Self.state("RUNNING")])
        let athena = try services(wire).athena
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await athena.run(
                RemoteQuery(
                    sql: "SELECT 1", database: "finops", workGroup: "primary", results: nil, token: .zero,
                    stopAfterBytes: .max))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(operations(wire).last == "StopQueryExecution")
        #expect(!wire.requests[0].bodyText.contains("ResultConfiguration"))
    }

    @Test func `rows that do not fit their heading are no answer`() async throws {
        for rows in [[], [["a", "b"], ["1"]]] as [[[String?]]] {
            let trouble = await trouble {
                try await run([Self.started, Self.state("SUCCEEDED"), Self.page(rows)])
            }
            #expect(trouble?.code == "UnreadableResult")
        }
    }

    @Test func `the catalogue says where a table's files lie, and a partition's`() async throws {
        let wire = ScriptedWire([
            .json(
                #"{"Table":{"Name":"focus","StorageDescriptor":{"Location":"s3://bills/data/"},"PartitionKeys":"#
                    + #"[{"Name":"billing_period"}],"Parameters":{"projection.enabled":"TRUE","#
                    + #""storage.location.template":"s3://bills/data/BILLING_PERIOD=${billing_period}"}}}"#),
            .json(#"{"Partition":{"StorageDescriptor":{"Location":"s3://bills/data/p"}}}"#),
            .json(#"{"Table":{"Name":"focus","StorageDescriptor":{"Location":"hdfs://bills"}}}"#),
        ])
        let athena = try services(wire, environment: staticKeys.merging(["AWS_REGION": "eu-west-1"]) { $1 }).athena
        let table = try await athena.description(of: "focus", in: "finops")
        #expect(table.location == ObjectAddress("s3://bills/data") && table.partitionKeys == ["billing_period"])
        #expect(table.projectedLocation == "s3://bills/data/BILLING_PERIOD=${billing_period}")
        let place = try await athena.location(ofPartition: ["2026-02"], of: "focus", in: "finops")
        #expect(place == ObjectAddress("s3://bills/data/p"))
        #expect(wire.requests[0].url == "https://glue.eu-west-1.amazonaws.com/")
        let targets = wire.requests.prefix(2).map { $0.headers["X-Amz-Target"] }
        #expect(targets == ["AWSGlue.GetTable", "AWSGlue.GetPartition"])
        #expect(
            wire.requests[1].bodyText
                == #"{"DatabaseName":"finops","PartitionValues":["2026-02"],"TableName":"focus"}"#)
        let trouble = await trouble { try await athena.description(of: "focus", in: "finops") }
        #expect(trouble?.code == "UnreadableLocation")
    }

    @Test func `a work group's own limit is told, and none is none`() async throws {
        for (settings, limit) in [(#""BytesScannedCutoffPerQuery":10000000"#, 10_000_000), ("", nil)]
            as [(String, Int?)]
        {
            let wire = ScriptedWire([.json(#"{"WorkGroup":{"Name":"g","Configuration":{\#(settings)}}}"#)])
            #expect(try await services(wire).athena.scanLimitBytes(of: "g") == limit)
        }
    }
}

extension Trouble {
    fileprivate static var unanswered: Trouble {
        Trouble(.noData, code: "test", message: "another outcome", operation: "test")
    }
}

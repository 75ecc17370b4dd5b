import FinOps

// Athena's answers, members as AWS names them.

struct StartAnswer: Decodable, Sendable {
    let QueryExecutionId: String
}

struct WorkGroupAnswer: Decodable, Sendable {
    let WorkGroup: Group

    struct Group: Decodable, Sendable {
        let Configuration: Settings?
    }

    struct Settings: Decodable, Sendable {
        let BytesScannedCutoffPerQuery: Int?
    }
}

struct ExecutionAnswer: Decodable, Sendable {
    let QueryExecution: Execution

    struct Execution: Decodable, Sendable {
        let Status: State
        let Statistics: Statistics?
    }

    struct State: Decodable, Sendable {
        /// QUEUED, RUNNING, SUCCEEDED, FAILED or CANCELLED.
        let State: String
        let StateChangeReason: String?
        /// Seconds since 1970.
        let SubmissionDateTime: Double?
    }

    struct Statistics: Decodable, Sendable {
        let DataScannedInBytes: Int?
    }
}

struct ResultPage: Decodable, Sendable {
    let ResultSet: Rows
    let NextToken: String?

    struct Rows: Decodable, Sendable {
        let Rows: [Row]
    }

    struct Row: Decodable, Sendable {
        let Data: [Cell]
    }

    /// Null has no value.
    struct Cell: Decodable, Sendable {
        let VarCharValue: String?
    }

    /// All pages as one table; the first row of the first names the columns. Throws `Trouble`.
    static func table(_ pages: [ResultPage], id: String) throws -> (columns: [String], rows: [[String?]]) {
        let rows = pages.flatMap(\.ResultSet.Rows).map { $0.Data.map(\.VarCharValue) }
        let columns = rows.first?.compactMap { $0 } ?? []
        guard !columns.isEmpty, rows.allSatisfy({ $0.count == columns.count }) else {
            throw Trouble(
                .inconsistent, code: "UnreadableResult",
                message: rows.isEmpty
                    ? "the result of query \(id) has not even its heading" : "the rows of query \(id) differ in length",
                operation: ServiceCall.getQueryResults.name)
        }
        return (columns, Array(rows.dropFirst()))
    }
}

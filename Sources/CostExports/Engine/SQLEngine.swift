import FinOps

/// Answers the queries of this room: DuckDB over files of this machine, Athena over a table at AWS. The queries are written so
/// that both take them.
protocol SQLEngine: Sendable {
    /// Every row by column. Queries cast what they return to text, so that no amount passes through a binary number. Throws
    /// `EngineFailure`.
    func rows(_ query: String) async throws -> [[String: JSONValue]]
}

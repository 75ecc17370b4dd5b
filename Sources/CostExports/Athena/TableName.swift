/// A table of Athena's catalogue, which keeps names in lower case.
public struct TableName: Hashable, Sendable, CustomStringConvertible {
    public let database: String
    public let table: String

    /// `DATABASE.TABLE`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.lowercased().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy(Self.isName) else { return nil }
        (database, table) = (parts[0], parts[1])
    }

    private static func isName(_ text: String) -> Bool {
        (1...255).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    }

    public var description: String { "\(database).\(table)" }

    /// As a query names it.
    var sql: String { "\(SQLText.identifier(database)).\(SQLText.identifier(table))" }
}

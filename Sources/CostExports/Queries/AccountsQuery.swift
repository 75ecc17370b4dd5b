import FinOps

/// Which accounts do the line items name, who pays for them, and who charges?
enum AccountsQuery {
    static let name = "accounts"

    /// `items` selects `name`, `payer` and `provider` besides what every query speaks of.
    static func sql(_ items: String) -> String {
        #"""
        WITH items AS (
        \#(items)
        )
        SELECT account, payer, provider, MAX(name) AS name
        FROM items
        GROUP BY account, payer, provider
        ORDER BY account, payer, provider;
        """#
    }
}

/// What `AccountsQuery` answered about one or several months.
struct NamedAccounts {
    /// By id; an account without a name goes by its id.
    private(set) var names: [String: String] = [:]
    private(set) var payers: Set<String> = []
    private(set) var providers: Set<String> = []

    mutating func add(_ rows: [[String: JSONValue]]) {
        for row in rows {
            func text(_ name: String) -> String { row[name]?.text ?? "" }
            let id = text("account")
            if names[id] ?? id == id { names[id] = text("name").isEmpty ? id : text("name") }
            if !text("payer").isEmpty { payers.insert(text("payer")) }
            if !text("provider").isEmpty { providers.insert(text("provider")) }
        }
    }

    var accounts: [Account] {
        names.sorted { $0.key < $1.key }.map {
            Account(id: $0.key, name: $0.value, state: .unknown, organizationalUnits: nil)
        }
    }
}

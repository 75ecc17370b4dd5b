/// Values as SQL writes them. Whatever comes from outside passes through here.
enum SQLText {
    static func literal(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

    static func identifier(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    static func list(_ texts: [String]) -> String { "[" + texts.map(literal).joined(separator: ", ") + "]" }
}

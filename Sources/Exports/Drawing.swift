import FinOps

/// How long a row's bar is: its number over the largest of its column, leaving sums out. A negative number has no bar.
struct BarScale {
    private let column: Int?
    private let largest: ExactDecimal

    init(_ table: ExportTable, column key: String) {
        let index = table.columns.firstIndex { $0.key == key }
        column = index
        largest =
            index.flatMap { index in
                table.rows.filter { $0.weight != .total }.compactMap { $0.cells[index].value }.max()
            } ?? .zero
    }

    /// From 0 to 1000.
    func thousandths(of row: ExportTable.Row) -> Int {
        guard let column, row.weight != .total, let value = row.cells[column].value, value > .zero,
            let share = value.divided(by: largest, fractionDigits: 3)
        else { return 0 }
        return Int(share.units / (ExactDecimal("0.001").units))
    }
}

/// A series in one line of characters, from its smallest to its largest value.
enum Sparkline {
    static func text(_ values: [ExactDecimal], _ glyphs: Glyphs) -> String {
        String(heights(values, steps: glyphs.sparks.count - 1).map { glyphs.sparks[$0] })
    }

    /// Each value between the lowest, 0, and the highest, `steps`; a flat series lies at 0.
    static func heights(_ values: [ExactDecimal], steps: Int) -> [Int] {
        guard let lowest = values.min(), let highest = values.max(), lowest < highest else {
            return values.map { _ in 0 }
        }
        return values.map { value in
            let height = ((value - lowest) * ExactDecimal(steps)).divided(by: highest - lowest, fractionDigits: 0)
            return height.map { Int($0.units / ExactDecimal(1).units) } ?? 0
        }
    }
}

/// The characters things are drawn with.
public struct Glyphs: Hashable, Sendable {
    let sparks: [Character]
    /// Eighths of a cell, from an eighth to the whole; one glyph when the terminal has no others.
    let blocks: [Character]
    /// A node with siblings after it, the last one, and the line beside their children.
    let branch: String
    let lastBranch: String
    let trunk: String
    let ellipsis: Character
    let rule: Character
    let isASCII: Bool

    public static let unicode = Glyphs(
        sparks: Array("▁▂▃▄▅▆▇█"), blocks: Array("▏▎▍▌▋▊▉█"), branch: "├─ ", lastBranch: "└─ ", trunk: "│  ",
        ellipsis: "…", rule: "─", isASCII: false)
    /// For terminals of the C locale.
    public static let ascii = Glyphs(
        sparks: Array("_.-=+*#"), blocks: ["#"], branch: "|- ", lastBranch: "`- ", trunk: "|  ", ellipsis: "~",
        rule: "-", isASCII: true)

    /// What the locale can show: the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set decides, as POSIX says. Nothing
    /// set is no reason to doubt: pipes and services often have none.
    public init(environment: [String: String]) {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        guard let locale else {
            self = .unicode
            return
        }
        let charset = locale.lowercased().filter { $0 != "-" }
        self = charset.contains("utf8") ? .unicode : .ascii
    }

    private init(
        sparks: [Character], blocks: [Character], branch: String, lastBranch: String, trunk: String,
        ellipsis: Character, rule: Character, isASCII: Bool
    ) {
        (self.sparks, self.blocks, self.branch, self.lastBranch) = (sparks, blocks, branch, lastBranch)
        (self.trunk, self.ellipsis, self.rule, self.isASCII) = (trunk, ellipsis, rule, isASCII)
    }

    /// Our own signs have ASCII forms of the same width; what else has none reads as `?`.
    func plain(_ text: String) -> String {
        guard isASCII else { return text }
        return String(
            text.map { character in
                character.isASCII ? character : Self.substitutes[character] ?? "?"
            })
    }

    private static let substitutes: [Character: Character] = [
        "\u{2212}": "-", "\u{A0}": " ", "–": "-", "—": "-", "·": "-", "×": "x", "’": "'", "…": "~", "≥": ">", "≤": "<",
    ]
}

import FinOps

/// A drawing under construction: marks appended as text, every string escaped, coordinates rounded to a tenth.
struct SVGText {
    enum Anchor: String { case start, middle, end }
    typealias Position = (x: Double, y: Double)

    private(set) var body = ""
    let width: Double
    let height: Double

    init(width: Double, height: Double) {
        (self.width, self.height) = (width, height)
    }

    mutating func rectangle(x: Double, y: Double, width: Double, height: Double, style: String) {
        body +=
            "<rect class=\"\(style)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(max(width, 0.5)))\" height=\"\(Self.number(max(height, 0.5)))\" rx=\"1.5\"/>"
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, style: String) {
        body +=
            "<line class=\"\(style)\" x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" x2=\"\(Self.number(x2))\" y2=\"\(Self.number(y2))\"/>"
    }

    mutating func path(_ points: [Position], style: String) {
        body += "<polyline class=\"\(style)\" points=\"\(Self.coordinates(points))\"/>"
    }

    /// The area between two lines over the same places.
    mutating func band(upper: [Position], lower: [Position], style: String) {
        body += "<polygon class=\"\(style)\" points=\"\(Self.coordinates(upper + lower.reversed()))\"/>"
    }

    mutating func dot(_ x: Double, _ y: Double, radius: Double = 4, style: String) {
        body +=
            "<circle class=\"\(style)\" cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\"/>"
    }

    mutating func text(_ text: String, x: Double, y: Double, anchor: Anchor = .start, style: String = "label") {
        add(text, "", x, y, anchor, style)
    }

    /// A printed figure, which names its fact.
    mutating func text(
        _ figure: ChartDrawing.Text, x: Double, y: Double, anchor: Anchor = .start, style: String = "value"
    ) {
        add(figure.text, " data-fact=\"\(figure.fact)\"", x, y, anchor, style)
    }

    /// A date under a mark, one word to a line.
    mutating func tick(_ text: String?, x: Double, y: Double) {
        for (line, word) in (text ?? "").split(separator: " ").enumerated() {
            add(String(word), "", x, y + Double(line) * 15, .middle, "tick")
        }
    }

    private mutating func add(
        _ text: String, _ attribute: String, _ x: Double, _ y: Double, _ anchor: Anchor, _ style: String
    ) {
        body +=
            "<text class=\"\(style)\"\(attribute) x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" text-anchor=\"\(anchor.rawValue)\">\(Escape.html(text))</text>"
    }

    /// Accessible: a title and a description that a screen reader speaks in place of the marks.
    func document(id: String, title: String, description: String) -> String {
        """
        <svg viewBox="0 0 \(Self.number(width)) \(Self.number(height))" preserveAspectRatio="xMinYMid" role="img" aria-labelledby="\(id)-title \(id)-desc">\
        <title id="\(id)-title">\(Escape.html(title))</title><desc id="\(id)-desc">\(Escape.html(description))</desc>\(body)</svg>
        """
    }

    private static func coordinates(_ points: [Position]) -> String {
        points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
    }

    /// One decimal, without the trailing zero; never the exponent that printing a `Double` may choose.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let fraction = abs(tenths % 10)
        return (tenths < 0 ? "-" : "") + "\(abs(tenths / 10))" + (fraction == 0 ? "" : ".\(fraction)")
    }

    /// Cut to what fits: 0.6 of the size is the mean advance of the widest face we name.
    static func fitted(_ text: String, width: Double, size: Double = 13) -> String {
        let room = Int(width / (size * 0.6))
        return text.count <= room ? text : text.prefix(max(1, room - 1)) + "…"
    }

    /// At most three lines, broken between words; a word that is too long is broken in the middle.
    static func lines(_ label: String, width: Double) -> [String] {
        let room = Int(width / 6.6)
        var lines: [String] = []
        for word in label.split(separator: " ").flatMap({ halves($0, room: room) }) {
            if let last = lines.last, last.count + word.count + 1 <= room {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(word.count <= room ? String(word) : word.prefix(max(1, room - 1)) + "…")
            }
        }
        return lines.count <= 3 ? lines : Array(lines.prefix(2)) + [String(lines[2].prefix(max(1, room - 1))) + "…"]
    }

    private static func halves(_ word: Substring, room: Int) -> [Substring] {
        let half = (word.count + 1) / 2
        guard word.count > room, half < room else { return [word] }
        return ["\(word.prefix(half))-", word.dropFirst(half)]
    }
}

import FinOps

/// Steps from one total to another. When the totals dwarf the steps, the axis is cut between them, and says so with a
/// broken foot under each total: the steps are what the reader came for.
enum WaterfallMarks {
    private static let top = 40.0
    private static let bottom = 184.0

    static func draw(_ drawing: ChartDrawing) -> SVGText {
        let bars = spans(drawing)
        let base = cut(bars)
        let scale = Scale(
            bars.flatMap { [$0.from - base, $0.to - base].map { max($0, .zero) } }, from: bottom, to: top)
        let slot = (ChartDrawing.width - 16) / Double(bars.count)
        let width = min(slot * 0.66, 84)
        let labels = drawing.marks.map { SVGText.lines($0.label, width: slot - 4) }
        let height = bottom + 14 + 15 * Double(labels.map(\.count).max() ?? 1)
        var svg = SVGText(width: ChartDrawing.width, height: height)
        svg.line(8, bottom, ChartDrawing.width - 8, bottom, style: "axis")
        if !base.isZero {
            svg.text(
                "totals are cut short: compare the steps", x: ChartDrawing.width - 8, y: 12, anchor: .end,
                style: "label small")
        }
        for (index, bar) in bars.enumerated() {
            let mark = drawing.marks[index]
            let x = 8 + slot * Double(index) + (slot - width) / 2
            let from = scale.position(max(bar.from - base, .zero))
            let to = scale.position(max(bar.to - base, .zero))
            let upper = min(from, to)
            svg.rectangle(x: x, y: upper, width: width, height: abs(from - to), style: style(mark))
            if bar.isTotal, !base.isZero {
                svg.line(x - 3, bottom - 9, x + width + 3, bottom - 14, style: "cut")
                svg.line(x - 3, bottom - 14, x + width + 3, bottom - 19, style: "cut")
            }
            if index + 1 < bars.count {
                svg.line(x + width, to, x + slot + (bars[index + 1].isTotal ? width : 0), to, style: "connector")
            }
            svg.text(mark.text, x: x + width / 2, y: upper - 7, anchor: .middle)
            for (line, text) in labels[index].enumerated() {
                svg.text(
                    text, x: x + width / 2, y: bottom + 18 + Double(line) * 15, anchor: .middle, style: "label small")
            }
        }
        return svg
    }

    private struct Span {
        let from: ExactDecimal
        let to: ExactDecimal
        let isTotal: Bool
    }

    private static func spans(_ drawing: ChartDrawing) -> [Span] {
        var level = ExactDecimal.zero
        return drawing.marks.map { mark in
            let isTotal = mark.point.role == .total
            let span = Span(
                from: isTotal ? .zero : level, to: isTotal ? mark.value : level + mark.value, isTotal: isTotal)
            level = span.to
            return span
        }
    }

    /// Where the axis begins: zero, unless every step happens in the top fifth of the totals.
    private static func cut(_ bars: [Span]) -> ExactDecimal {
        let levels = bars.map(\.to) + bars.filter { !$0.isTotal }.map(\.from)
        guard bars.first?.isTotal == true, let low = levels.min(), let high = levels.max(), low > .zero else {
            return .zero
        }
        let spread = high - low
        guard (spread * "3") < low else { return .zero }
        return low - spread * "0.6"
    }

    private static func style(_ mark: ChartDrawing.Mark) -> String {
        if mark.point.role == .total { return "total" }
        if mark.point.role == .context { return "context" }
        return mark.value.isNegative ? "down" : "up"
    }
}

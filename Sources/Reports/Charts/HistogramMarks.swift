import FinOps

/// Columns side by side over an axis of amounts from zero, as high as there are hours, and a line where something is decided.
enum HistogramMarks {
    private static let height = 236.0
    private static let top = 44.0
    private static let bottom = 196.0
    private static let left = 20.0
    private static let right = ChartDrawing.width - 28

    static func draw(_ drawing: ChartDrawing) -> SVGText {
        let marks = drawing.marks.filter { $0.others.count == 2 }
        let counts = Scale(marks.map(\.value), from: bottom, to: top)
        let amounts = Scale(marks.flatMap(\.others), from: left, to: right)
        var svg = SVGText(width: ChartDrawing.width, height: height)
        let level = drawing.reference.map { amounts.position($0.value) }
        for mark in marks {
            let (from, to) = (amounts.position(mark.others[0]), amounts.position(mark.others[1]))
            let y = counts.position(mark.value)
            if !mark.value.isZero {
                svg.rectangle(
                    x: from + 1, y: y, width: to - from - 2, height: bottom - y,
                    style: mark.point.role == .highlight ? "highlight" : "context")
            }
            if mark.point.isLabelled { label(mark, at: (from + to) / 2, y - 6, beside: level, in: &svg) }
        }
        // Every other edge where all would touch.
        for mark in marks.enumerated() where mark.offset.isMultiple(of: marks.count > 12 ? 2 : 1) {
            svg.text(
                drawing.text(of: mark.element.point.others[0], edge(marks)),
                x: amounts.position(mark.element.others[0]), y: bottom + 19, anchor: .middle, style: "tick")
        }
        svg.line(left, bottom, right, bottom, style: "axis")
        if let reference = drawing.reference, let x = level {
            svg.line(x, 22, x, bottom, style: "reference")
            let isRight = x < ChartDrawing.width / 2
            svg.text(
                drawing.text(of: reference.text.fact, .exact), x: isRight ? x + 6 : x - 6, y: 16,
                anchor: isRight ? .start : .end)
            svg.text(
                reference.label, x: isRight ? x + 66 : x - 66, y: 16, anchor: isRight ? .start : .end,
                style: "label small")
        }
        return svg
    }

    /// Over its column; where the line would cross it, on that side of the line which does not say what the line is.
    private static func label(
        _ mark: ChartDrawing.Mark, at center: Double, _ y: Double, beside line: Double?, in svg: inout SVGText
    ) {
        guard let line, abs(center - line) < 24 else { return svg.text(mark.text, x: center, y: y, anchor: .middle) }
        let isRight = line >= ChartDrawing.width / 2
        svg.text(mark.text, x: line + (isRight ? 6 : -6), y: y, anchor: isRight ? .start : .end)
    }

    /// Whole amounts wherever a band is at least as wide.
    private static func edge(_ marks: [ChartDrawing.Mark]) -> FactFormat {
        marks[0].others[1] < "1" ? .cents : .whole
    }
}

import FinOps

/// Ordered horizontal bars from zero, names on the left, amounts at their ends; a thin mark shows what they compare with. As
/// bullets they lie on the track of what was planned.
enum BarMarks {
    private static let row = 30.0
    private static let labelWidth = 250.0
    private static let valueWidth = 70.0

    static func draw(_ drawing: ChartDrawing) -> SVGText {
        let values = drawing.marks.map(\.value) + drawing.marks.compactMap(\.others.first)
        let scale = Scale(values, from: labelWidth + 10, to: ChartDrawing.width - valueWidth)
        var svg = SVGText(width: ChartDrawing.width, height: Double(drawing.marks.count) * row + 8)
        let zero = scale.position(ExactDecimal.zero)
        for (index, mark) in drawing.marks.enumerated() {
            let y = Double(index) * row + 4
            let end = scale.position(mark.value)
            svg.text(SVGText.fitted(mark.label, width: labelWidth), x: labelWidth, y: y + 18, anchor: .end)
            let comparison = mark.others.first.map(scale.position)
            if drawing.chart.kind == .bullets, let comparison {
                svg.rectangle(x: zero, y: y + 2, width: comparison - zero, height: 24, style: "track")
            }
            let isOver = drawing.chart.kind == .bullets && comparison.map { end > $0 } == true
            svg.rectangle(
                x: min(zero, end), y: y + (drawing.chart.kind == .bullets ? 8 : 5), width: abs(end - zero),
                height: drawing.chart.kind == .bullets ? 12 : 18, style: isOver ? "up" : "bar")
            if let comparison { svg.line(comparison, y + 1, comparison, y + 27, style: "compare") }
            // Inside the bar when it fits: behind it, the amount would stand beside the mark of another month.
            if end - zero > valueWidth, drawing.chart.kind != .bullets {
                svg.text(mark.text, x: end - 7, y: y + 18, anchor: .end, style: "value inside")
            } else {
                svg.text(mark.text, x: max(end, zero, comparison ?? zero) + 7, y: y + 18)
            }
        }
        svg.line(zero, 0, zero, svg.height, style: "axis")
        return svg
    }
}

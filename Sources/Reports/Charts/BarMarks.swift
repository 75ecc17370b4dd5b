import FinOps

/// Ordered horizontal bars from zero, names on the left, amounts at their ends; a thin mark shows what they compare with.
enum BarMarks {
    private static let row = 30.0
    private static let labelWidth = 250.0
    private static let valueWidth = 70.0

    static func draw(_ drawing: ChartDrawing) -> SVGText {
        let values = drawing.marks.map(\.value) + drawing.marks.compactMap(\.comparison)
        let scale = Scale(values, from: labelWidth + 10, to: ChartDrawing.width - valueWidth)
        var svg = SVGText(width: ChartDrawing.width, height: Double(drawing.marks.count) * row + 8)
        let zero = scale.position(ExactDecimal.zero)
        for (index, mark) in drawing.marks.enumerated() {
            let y = Double(index) * row + 4
            let end = scale.position(mark.value)
            svg.text(SVGText.fitted(mark.label, width: labelWidth), x: labelWidth, y: y + 18, anchor: .end)
            svg.rectangle(x: min(zero, end), y: y + 5, width: abs(end - zero), height: 18, style: "bar")
            if let comparison = mark.comparison {
                let x = scale.position(comparison)
                svg.line(x, y + 1, x, y + 27, style: "compare")
            }
            // Inside the bar when it fits: behind it, the amount would stand beside the mark of another month.
            if end - zero > valueWidth {
                svg.text(mark.text, x: end - 7, y: y + 18, anchor: .end, style: "value inside")
            } else {
                let right = max(end, zero, mark.comparison.map(scale.position) ?? zero)
                svg.text(mark.text, x: right + 7, y: y + 18, style: "value")
            }
        }
        svg.line(zero, 0, zero, svg.height, style: "axis")
        return svg
    }
}

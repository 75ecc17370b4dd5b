import FinOps

/// Two dots to a row and the distance between them: hollow for what was said, full for what came.
enum DotMarks {
    private static let row = 32.0
    private static let left = 170.0

    static func draw(_ drawing: ChartDrawing) -> SVGText {
        let marks = drawing.marks.filter { !$0.others.isEmpty }
        let scale = Scale(
            marks.flatMap { [$0.value, $0.others[0]] }, from: left + 20, to: ChartDrawing.width - 80)
        var svg = SVGText(width: ChartDrawing.width, height: Double(marks.count) * row + 30)
        svg.dot(left + 26, 10, radius: 4.5, style: "hollow")
        svg.text(drawing.chart.otherTitles.first ?? "", x: left + 36, y: 14, style: "label small")
        svg.dot(left + 186, 10, radius: 4.5, style: "highlight")
        svg.text(drawing.chart.valueTitle, x: left + 196, y: 14, style: "label small")
        for (index, mark) in marks.enumerated() {
            let y = Double(index) * row + 40
            let (said, came) = (scale.position(mark.others[0]), scale.position(mark.value))
            svg.text(SVGText.fitted(mark.label, width: left), x: left, y: y + 4, anchor: .end)
            svg.line(left + 20, y, ChartDrawing.width - 80, y, style: "grid")
            svg.line(said, y, came, y, style: "compare")
            svg.dot(said, y, radius: 5, style: "hollow")
            svg.dot(came, y, radius: 5, style: "highlight")
            svg.text(mark.text, x: max(said, came) + 10, y: y + 4)
        }
        return svg
    }
}

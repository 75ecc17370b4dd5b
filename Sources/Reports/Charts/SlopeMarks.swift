import FinOps

/// Before on the left, now on the right. Names and amounts stand at both ends and are moved apart where they would meet.
enum SlopeMarks {
    private static let top = 34.0
    private static let row = 21.0
    private static let left = 270.0
    private static let right = ChartDrawing.width - 270

    static func draw(_ drawing: ChartDrawing) -> SVGText {
        let marks = drawing.marks.filter { !$0.others.isEmpty }
        let height = max(150, Double(marks.count) * row) + top + 16
        let scale = Scale(marks.flatMap { [$0.value, $0.others[0]] }, from: height - 16, to: top)
        var svg = SVGText(width: ChartDrawing.width, height: height)
        svg.text(drawing.chart.otherTitles.first ?? "", x: left, y: 14, anchor: .end, style: "label small")
        svg.text(drawing.chart.valueTitle, x: right, y: 14, style: "label small")
        let before = marks.map { scale.position($0.others[0]) }
        let now = marks.map { scale.position($0.value) }
        let (leftLabels, rightLabels) = (
            Scale.apart(before, gap: row - 4, within: top...(height - 10)),
            Scale.apart(now, gap: row - 4, within: top...(height - 10))
        )
        for (index, mark) in marks.enumerated() {
            let style = mark.value > mark.others[0] ? "rise" : "fall"
            svg.line(left + 8, before[index], right - 8, now[index], style: "slope \(style)")
            svg.dot(left + 8, before[index], radius: 3.5, style: "end \(style)")
            svg.dot(right - 8, now[index], radius: 3.5, style: "end \(style)")
            let name = SVGText.fitted(mark.label, width: 200)
            svg.text(drawing.text(of: mark.point.others[0]), x: left - 2, y: leftLabels[index] + 4, anchor: .end)
            svg.text(name, x: left - 58, y: leftLabels[index] + 4, anchor: .end)
            svg.text(mark.text, x: right + 2, y: rightLabels[index] + 4)
            svg.text(name, x: right + 58, y: rightLabels[index] + 4)
        }
        return svg
    }
}

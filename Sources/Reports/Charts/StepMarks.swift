import FinOps

/// Amounts that hold until the next step, such as what is committed until a contract ends.
enum StepMarks {
    private static let height = 184.0
    private static let top = 26.0
    private static let bottom = 140.0

    static func draw(_ drawing: ChartDrawing) -> SVGText {
        let marks = drawing.marks
        let scale = Scale(marks.map(\.value), from: bottom, to: top)
        let slot = (ChartDrawing.width - 16) / Double(marks.count)
        var svg = SVGText(width: ChartDrawing.width, height: height)
        let zero = scale.position(ExactDecimal.zero)
        let corners: [SVGText.Position] = marks.indices.flatMap { index in
            let y = scale.position(marks[index].value)
            return [(x: 8 + slot * Double(index), y: y), (x: 8 + slot * Double(index + 1), y: y)]
        }
        svg.band(upper: corners, lower: [(8, zero), (ChartDrawing.width - 8, zero)], style: "band")
        svg.path(corners, style: "line")
        svg.line(8, zero, ChartDrawing.width - 8, zero, style: "axis")
        for (index, mark) in marks.enumerated() {
            let center = 8 + slot * (Double(index) + 0.5)
            if mark.point.isLabelled {
                svg.text(mark.text, x: center, y: scale.position(mark.value) - 7, anchor: .middle)
            }
            svg.tick(mark.point.tick, x: center, y: bottom + 19)
        }
        return svg
    }
}

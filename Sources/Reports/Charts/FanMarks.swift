import FinOps

/// What was as a line, what is expected as a dashed one inside its bands. The ends of a point's bands are its further facts,
/// in pairs: the widest pair first.
enum FanMarks {
    private static let height = 208.0
    private static let top = 28.0
    private static let bottom = 162.0
    private static let left = 28.0
    private static let right = ChartDrawing.width - 96

    static func draw(_ drawing: ChartDrawing) -> SVGText {
        let marks = drawing.marks
        let scale = Scale(
            marks.flatMap { [$0.value] + $0.others } + (drawing.reference.map { [$0.value] } ?? []), from: bottom,
            to: top)
        let slot = (right - left) / Double(max(1, marks.count - 1))
        func x(_ index: Int) -> Double { left + slot * Double(index) }
        var svg = SVGText(width: ChartDrawing.width, height: height)
        drawBands(marks, scale, x, &svg)
        svg.line(left, scale.position(ExactDecimal.zero), right, scale.position(ExactDecimal.zero), style: "axis")
        if let reference = drawing.reference {
            let y = scale.position(reference.value)
            svg.line(left, y, right, y, style: "reference")
            svg.text(reference.label, x: right + 6, y: y - 4, style: "label small")
            svg.text(reference.text, x: right + 6, y: y + 10)
        }
        let points = marks.indices.map { (x: x($0), y: scale.position(marks[$0].value)) }
        let known = marks.firstIndex { $0.point.role == .expected } ?? marks.endIndex
        svg.path(Array(points[..<known]), style: "line")
        if known < marks.endIndex { svg.path(Array(points[max(0, known - 1)...]), style: "line expected") }
        for (index, mark) in marks.enumerated() {
            if mark.point.role == .highlight { svg.dot(points[index].x, points[index].y, style: "highlight") }
            if mark.point.isLabelled {
                let isLast = index == marks.count - 1
                svg.text(
                    mark.text, x: points[index].x + (isLast ? 8 : 0), y: points[index].y + (isLast ? 4 : -9),
                    anchor: isLast ? .start : .middle)
            }
            svg.tick(mark.point.tick, x: points[index].x, y: bottom + 19)
        }
        return svg
    }

    /// Bands open at the last point that is known.
    private static func drawBands(
        _ marks: [ChartDrawing.Mark], _ scale: Scale, _ x: (Int) -> Double, _ svg: inout SVGText
    ) {
        let pairs = marks.map { $0.others.count / 2 }.max() ?? 0
        for pair in 0..<pairs {
            var indices = marks.indices.filter { marks[$0].others.count > pair * 2 + 1 }
            if let first = indices.first, first > 0, marks[first].point.role == .expected {
                indices.insert(first - 1, at: 0)
            }
            func edge(_ end: Int) -> [SVGText.Position] {
                indices.map { index in
                    let others = marks[index].others
                    return (x(index), scale.position(others.isEmpty ? marks[index].value : others[pair * 2 + end]))
                }
            }
            svg.band(upper: edge(1), lower: edge(0), style: pair == 0 && pairs > 1 ? "band wide" : "band")
        }
    }
}

import FinOps

/// Small charts side by side, four to a row: each a line from zero to its own highest, so that shapes compare and sizes are
/// read from the figures at its end.
enum MultipleMarks {
    private static let columns = 4
    private static let panelHeight = 96.0

    static func draw(_ drawing: ChartDrawing) -> SVGText {
        let panels = panels(drawing)
        let rows = (panels.count + columns - 1) / columns
        let width = ChartDrawing.width / Double(columns)
        var svg = SVGText(width: ChartDrawing.width, height: Double(rows) * panelHeight + 4)
        for (index, panel) in panels.enumerated() {
            let x = Double(index % columns) * width + 4
            draw(panel.marks, panel.name, x: x, y: Double(index / columns) * panelHeight, width: width - 20, &svg)
        }
        return svg
    }

    private static func draw(
        _ marks: [ChartDrawing.Mark], _ name: String, x: Double, y: Double, width: Double, _ svg: inout SVGText
    ) {
        svg.text(SVGText.fitted(name, width: width - 44, size: 12), x: x, y: y + 13, style: "label small")
        guard let last = marks.last else { return }
        svg.text(last.text, x: x + width, y: y + 13, anchor: .end)
        let scale = Scale(marks.map(\.value), from: y + 84, to: y + 24)
        let slot = width / Double(max(1, marks.count - 1))
        let points = marks.indices.map { (x: x + slot * Double($0), y: scale.position(marks[$0].value)) }
        svg.line(x, scale.position(ExactDecimal.zero), x + width, scale.position(ExactDecimal.zero), style: "axis")
        svg.path(points, style: "line")
        for index in marks.indices where marks[index].point.role == .highlight {
            svg.dot(points[index].x, points[index].y, radius: 3.5, style: "highlight")
        }
    }

    /// In the order in which the points name them.
    private static func panels(_ drawing: ChartDrawing) -> [(name: String, marks: [ChartDrawing.Mark])] {
        var panels: [(panel: Phrase?, name: String, marks: [ChartDrawing.Mark])] = []
        for mark in drawing.marks {
            if panels.last?.panel == mark.point.panel, !panels.isEmpty {
                panels[panels.count - 1].marks.append(mark)
            } else {
                panels.append((mark.point.panel, drawing.name(mark.point.panel), [mark]))
            }
        }
        return panels.map { ($0.name, $0.marks) }
    }
}

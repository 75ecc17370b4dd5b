import FinOps

/// Columns over months or days, from zero; one is the subject, the others are context, and few carry a number.
enum ColumnMarks {
    private static let height = 248.0
    private static let top = 30.0
    private static let bottom = 204.0

    static func draw(_ drawing: ChartDrawing) -> SVGText {
        // Monthly fees would flatten every other day: the first column may run out at the top, and is drawn broken there.
        let isBroken = drawing.chart.kind == .days && drawing.marks.count > 1
        let values =
            drawing.marks.dropFirst(isBroken ? 1 : 0).flatMap { [$0.value] + $0.others }
            + (drawing.reference.map { [$0.value] } ?? [])
        let scale = Scale(values, from: bottom, to: top)
        let slot = (ChartDrawing.width - 16) / Double(drawing.marks.count)
        let width = min(slot * 0.72, 44)
        let zero = scale.position(ExactDecimal.zero)
        var svg = SVGText(width: ChartDrawing.width, height: height)
        svg.line(8, zero, ChartDrawing.width - 8, zero, style: "axis")
        for (index, mark) in drawing.marks.enumerated() {
            let center = 8 + slot * (Double(index) + 0.5)
            let end = max(scale.position(mark.value), top)
            if let low = mark.others.first, let high = mark.others.last {
                let (least, most) = (scale.position(low), max(scale.position(high), top))
                svg.rectangle(x: center - slot / 2, y: most, width: slot, height: least - most, style: "usual")
            }
            svg.rectangle(
                x: center - width / 2, y: min(zero, end), width: width, height: abs(end - zero),
                style: mark.point.role == .highlight ? "highlight" : "context")
            if scale.position(mark.value) < top - 1 {
                svg.line(center - width / 2 - 2, top + 14, center + width / 2 + 2, top + 9, style: "cut")
                svg.line(center - width / 2 - 2, top + 20, center + width / 2 + 2, top + 15, style: "cut")
            }
            if mark.point.isLabelled {
                svg.text(mark.text, x: center, y: min(zero, end) - 7, anchor: .middle)
            }
            svg.tick(mark.point.tick, x: center, y: bottom + 19)
        }
        if let reference = drawing.reference {
            let y = scale.position(reference.value)
            svg.line(8, y, ChartDrawing.width - 8, y, style: "reference")
            svg.line(ChartDrawing.width - 196, 10, ChartDrawing.width - 172, 10, style: "reference")
            svg.text(reference.label, x: ChartDrawing.width - 166, y: 14, style: "label small")
            svg.text(reference.text, x: ChartDrawing.width - 8, y: 14, anchor: .end)
        }
        return svg
    }
}

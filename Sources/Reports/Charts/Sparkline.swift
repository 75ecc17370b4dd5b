import FinOps

/// A line as small as a word, beside the figures it belongs to; from zero to its own highest.
struct Sparkline {
    private let values: [ExactDecimal]

    init(_ facts: [String], _ index: FactIndex) {
        values = facts.compactMap(index.value)
    }

    /// Empty when there is no line to draw: one point has no shape.
    var svg: String {
        guard values.count > 1 else { return "" }
        let (width, height) = (84.0, 22.0)
        let scale = Scale(values, from: height - 2, to: 3)
        let slot = (width - 8) / Double(values.count - 1)
        var svg = SVGText(width: width, height: height)
        let points = values.indices.map { (x: 3 + slot * Double($0), y: scale.position(values[$0])) }
        svg.path(points, style: "line")
        svg.dot(points.last!.x, points.last!.y, radius: 2.5, style: "highlight")
        return """
            <svg class="spark" viewBox="0 0 \(SVGText.number(width)) \(SVGText.number(height))" role="img" \
            aria-label="\(direction)">\(svg.body)</svg>
            """
    }

    private var direction: String {
        values.last! == values.first! ? "level" : values.last! > values.first! ? "rising" : "falling"
    }

    /// The same for plain text.
    var blocks: String {
        guard let largest = values.max(), values.count > 1 else { return "" }
        let steps = Array("▁▂▃▄▅▆▇█")
        return String(
            values.map { steps[min(steps.count - 1, Int(Scale.share($0, of: largest) * Double(steps.count)))] })
    }
}

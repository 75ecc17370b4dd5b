/// Simple exponential smoothing with the smoothing weight from a grid of hundredths and the first level by least squares.
struct ExponentialSmoothing {
    let alpha: Double
    let firstLevel: Double
    /// The forecast for every step ahead.
    let level: Double
    /// One step ahead, for each value.
    let errors: [Double]

    var squaredError: Double { errors.reduce(0) { $0 + $1 * $1 } }

    init(_ values: [Double]) {
        let fits = (1...99).map { ExponentialSmoothing(values, alpha: Double($0) / 100) }
        self = fits.min { $0.squaredError < $1.squaredError }!
    }

    /// Every level is linear in the first one, so the first one has a closed form: level = constant + weight × first.
    init(_ values: [Double], alpha: Double) {
        var (constant, weight) = (0.0, 1.0)
        var (product, square) = (0.0, 0.0)
        var terms: [(constant: Double, weight: Double)] = []
        for value in values {
            terms.append((constant, weight))
            product += (value - constant) * weight
            square += weight * weight
            constant = alpha * value + (1 - alpha) * constant
            weight *= 1 - alpha
        }
        let first = product / square
        self.alpha = alpha
        firstLevel = first
        level = constant + weight * first
        errors = zip(values, terms).map { $0 - $1.constant - $1.weight * first }
    }
}

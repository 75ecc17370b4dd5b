import Testing

@testable import Analysis

@Suite struct `Order statistics and lines` {
    struct Golden: Decodable {
        struct Smoothing: Decodable {
            let y: [Double]
            let alpha: Double
            let l0: Double
            let level: Double
            let sse: Double
        }
        let values: [Double]
        let median: Double
        let medianAbsoluteDeviation: Double
        let mean: Double
        let quantiles: [String: Double]
        let line: [Double]
        let normal: [String: Double]
        let smoothing: Smoothing
    }

    let golden: Golden

    init() throws { golden = try Goldens.read("statistics") }

    @Test func `center and spread agree with the reference`() {
        #expect(Statistics.median(golden.values) == golden.median)
        #expect(Statistics.medianAbsoluteDeviation(golden.values) == golden.medianAbsoluteDeviation)
        #expect(isClose(Statistics.mean(golden.values), golden.mean))
    }

    @Test func `quantiles interpolate between order statistics`() {
        for (share, expected) in golden.quantiles {
            #expect(isClose(Statistics.quantile(golden.values, Double(share)!), expected), "at \(share)")
        }
    }

    @Test func `the least-squares line agrees with the reference`() {
        let line = Statistics.leastSquaresLine(golden.values)
        #expect(isClose(line.intercept, golden.line[0]))
        #expect(isClose(line.slope, golden.line[1]))
    }

    @Test func `the normal distribution agrees with the reference`() {
        for (value, share) in golden.normal {
            #expect(isClose(Statistics.normalShare(below: Double(value)!), share), "below \(value)")
        }
    }

    @Test func `smoothing finds weight, first level and error of the reference`() {
        let smoothing = ExponentialSmoothing(golden.smoothing.y)
        #expect(smoothing.alpha == golden.smoothing.alpha)
        #expect(isClose(smoothing.firstLevel, golden.smoothing.l0))
        #expect(isClose(smoothing.level, golden.smoothing.level))
        #expect(isClose(smoothing.squaredError, golden.smoothing.sse))
    }

    @Test func `nothing has median and mean zero`() {
        #expect(Statistics.median([]) == 0)
        #expect(Statistics.mean([]) == 0)
    }
}

public import FinOps

/// Something that cost more or less than its own past lets expect. Amounts are estimates, rounded to a hundredth.
public struct Anomaly: Hashable, Sendable {
    public enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
        /// One day or a few above what was expected, and back again.
        case spike
        /// The same, below.
        case drop
        /// A new level that stayed.
        case shift
        /// Too slow for any single day.
        case drift
    }

    public enum Confidence: String, Hashable, Codable, Sendable {
        case high
        /// Fewer than 35 days were known.
        case low
    }

    public let series: String
    public let day: CalendarDay
    /// Inclusive.
    public let endDay: CalendarDay
    public let kind: Kind
    public let severity: AnomalySeverity
    /// Sums over the days from `day` to `endDay`.
    public let expected: ExactDecimal
    public let actual: ExactDecimal
    public let confidence: Confidence

    public var impact: ExactDecimal { actual - expected }

    public init(
        series: String, day: CalendarDay, endDay: CalendarDay, kind: Kind, severity: AnomalySeverity,
        expected: ExactDecimal, actual: ExactDecimal, confidence: Confidence
    ) {
        self.series = series
        self.day = day
        self.endDay = endDay
        self.kind = kind
        self.severity = severity
        self.expected = expected
        self.actual = actual
        self.confidence = confidence
    }
}

/// How far from expected, as a word. The detector decides what is unusual; the word only says how much.
public enum AnomalySeverity: String, Hashable, Codable, Sendable, CaseIterable {
    case spike = "SPIKE"
    case drop = "DROP"
    case watch = "WATCH"
    case normal = "NORMAL"

    /// Shares of the expected amount from which a change is called SPIKE or DROP, and WATCH.
    public struct Thresholds: Hashable, Sendable {
        public var alarm: Double
        public var watch: Double

        public init(alarm: Double = 0.20, watch: Double = 0.10) {
            self.alarm = alarm
            self.watch = watch
        }
    }

    public init(share: Double, _ thresholds: Thresholds = Thresholds()) {
        self =
            switch share {
            case thresholds.alarm...: .spike
            case ...(-thresholds.alarm): .drop
            case thresholds.watch..., ...(-thresholds.watch): .watch
            default: .normal
            }
    }
}

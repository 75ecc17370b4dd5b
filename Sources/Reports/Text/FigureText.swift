public import FinOps

/// Prints a single figure as the reports print theirs, for whoever shows facts outside a page.
public enum FigureText {
    public enum Shape: Sendable {
        /// `318,841.25`
        case cents
        /// `+3,412.80`
        case signedCents
        /// `USD 318,841.25`
        case money(Currency)
        /// `USD +3,412.80`
        case signedMoney(Currency)
        /// `5.9 %`
        case percent
        /// `+5.9 %`
        case signedPercent
        /// `67`, `1.3711`
        case plain
    }

    public static func text(_ value: ExactDecimal, _ shape: Shape) -> String {
        let (format, currency): (FactFormat, Currency?) =
            switch shape {
            case .cents: (.cents, nil)
            case .signedCents: (.cents.signed, nil)
            case .money(let currency): (.moneyCents, currency)
            case .signedMoney(let currency): (.moneyCents.signed, currency)
            case .percent: (.percent1, nil)
            case .signedPercent: (.percent1.signed, nil)
            case .plain: (.plain, nil)
            }
        let fact = Fact(id: "", unit: .money, value: value, currency: currency, label: "", sources: [])
        // No shape above names a day, so the month is not looked at.
        return format.text(fact, month: BillingMonth(year: 2000, month: 1)!) ?? ""
    }
}

/// What a service is for, by AWS's own product families, as the reports group them.
public struct ServiceFamily: Hashable, Sendable {
    /// `compute`: the part of its facts' ids.
    public let key: String
    /// `Analytics, streaming and AI`
    public let label: String

    public init(of service: String) {
        self.init(ServiceCategory(service: service))
    }

    private init(_ category: ServiceCategory) {
        (key, label) = (category.rawValue, category.label)
    }

    public static let all = ServiceCategory.allCases.map { ServiceFamily($0) }
}

/// The word operations teams know for a change of the daily average, as the reports use it.
public enum MovementWord {
    /// `SPIKE`, `DROP`, `WATCH`, `NORMAL`, `NEW`, `GONE` or `UNKNOWN`. `amount` is the last part of the id of its cost: `gross`
    /// for a service, `net` for an account.
    public static func of(_ subject: FactSubject, amount: String, in facts: FactIndex) -> String {
        Movement(facts, subject, now: amount).rawValue
    }
}

public import FinOps

/// The estate's month as AWS delivers a data export of `FOCUS_1_2_AWS`: the same charges as every other answer of the sandbox,
/// in two files with a manifest, compute on demand by the hour and everything else by the day. Cost Explorer's net figures and these lines agree to the last micro-dollar unless a
/// discrepancy is asked for.
public struct SampleLineItems: Sendable {
    /// An amount that only the line items show.
    public struct Discrepancy: Hashable, Sendable {
        public let recordClass: RecordClass
        /// USD.
        public let amount: ExactDecimal

        public init(_ recordClass: RecordClass, _ amount: ExactDecimal) {
            self.recordClass = recordClass
            self.amount = amount
        }

        /// Classes that a line item can be of.
        public static let classes: [RecordClass] = [.usage, .commitmentFee, .support, .tax, .credit, .refund, .spp]
    }

    /// A file of the delivery, below the folder it is delivered to.
    public struct File: Sendable {
        public let name: String
        public let text: String
    }

    public let estate: SampleEstate
    public let month: BillingMonth
    public let discrepancy: Discrepancy?

    public init(_ estate: SampleEstate, _ month: BillingMonth, discrepancy: Discrepancy? = nil) {
        self.estate = estate
        self.month = month
        self.discrepancy = discrepancy
    }

    static let name = "sample-focus"

    /// Data first, the manifest last, as AWS writes them.
    public var files: [File] {
        let lines = MonthGenerator.charges(estate, month).flatMap(lines) + (discrepancy.map { [line(of: $0)] } ?? [])
        let half = (lines.count + 1) / 2
        let parts = [lines.prefix(half), lines.dropFirst(half)].enumerated().map { index, part in
            File(
                name: "data/BILLING_PERIOD=\(month)/\(Self.name)-0000\(index + 1).csv",
                text: (["\(FOCUSLine.heading)"] + part.map(\.text)).joined(separator: "\n") + "\n")
        }
        return parts + [manifest(of: parts)]
    }

    private func manifest(of parts: [File]) -> File {
        let document: JSONValue = [
            "exportName": .string(Self.name), "table": "FOCUS_1_2_AWS",
            "dataFiles": .array(parts.map { .string("s3://sample-billing/exports/\(Self.name)/\($0.name)") }),
        ]
        return File(
            name: "metadata/BILLING_PERIOD=\(month)/\(Self.name)-Manifest.json",
            text: String(decoding: document.bytes, as: UTF8.self))
    }

    /// One line for each day and resource that has a part of the charge, and for each hour it ran where that is known. What a savings plan covers is billed at nothing, so that nothing
    /// needs to be taken back.
    private func lines(of charge: EstateCharge) -> [FOCUSLine] {
        guard charge.recordType != .savingsPlanNegation else { return [] }
        let weights = charge.profile.runningWeights(month)
        let resources = EstateResource.of(charge, in: estate)
        let days = min(month.days, estate.today.daysSinceEpoch - month.firstDay.daysSinceEpoch)
        return (0..<max(0, days)).flatMap { day -> [FOCUSLine] in
            let part = charge.part(from: day, to: day + 1, weights: weights)
            guard !MetricSums(charge: part).isZero || part.discount != 0 else { return [] }
            guard !resources.isEmpty else { return hours(of: part, of: charge, day, nil, 0) }
            return zip(part.cut(resources.map(\.tenths)), resources.enumerated()).flatMap { part, resource in
                hours(of: part, of: charge, day, resource.element, resource.offset)
            }
        }
    }

    private func hours(
        of part: ChargeAmounts, of charge: EstateCharge, _ day: Int, _ resource: EstateResource?, _ index: Int
    ) -> [FOCUSLine] {
        func line(_ hour: Int?, _ amounts: ChargeAmounts) -> FOCUSLine {
            FOCUSLine(
                estate: estate, month: month, day: day, hour: hour, charge: charge, resource: resource, amounts: amounts
            )
        }
        guard let weights = HourShape.weights(charge, resource: index, in: estate) else { return [line(nil, part)] }
        return part.cut(along: weights).enumerated().filter { !$0.element.isZero }.map(line)
    }

    /// On the largest service of the account that spends most, on the first day. More partner discount than Cost Explorer
    /// knows is taken off usage.
    private func line(of discrepancy: Discrepancy) -> FOCUSLine {
        let micros = Int64(clamping: discrepancy.amount.units / 1_000_000)
        let service =
            switch discrepancy.recordClass {
            case .support: EstateService.support
            case .tax: EstateService.tax
            case .commitmentFee: EstateService.savingsPlans
            default: EstateService.compute
            }
        let type: EstateRecordType =
            switch discrepancy.recordClass {
            case .support: .support
            case .tax: .tax
            case .commitmentFee: .savingsPlanRecurringFee
            case .credit: .credit
            case .refund: .refund
            default: .usage
            }
        let isDiscount = discrepancy.recordClass == .spp
        let account = type == .usage || type == .credit || type == .refund ? 10 : 0
        return FOCUSLine(
            estate: estate, month: month, day: 0, hour: type == .usage ? 0 : nil,
            charge: EstateCharge(
                account: account, service: EstateService.index(of: service), recordType: type, profile: .firstDay,
                amounts: ChargeAmounts()),
            resource: nil,
            amounts: ChargeAmounts(
                unblended: isDiscount ? 0 : micros, discount: isDiscount ? -micros : 0,
                amortized: isDiscount ? 0 : micros, amortizedDiscount: isDiscount ? -micros : 0))
    }
}

import FinOps

/// Coverage and utilisation of savings plans and reservations, of one whole closed month at a time.
struct CommitmentsAnswer {
    let estate: SampleEstate
    let book: EstateBook

    static let operations = [
        "GetSavingsPlansUtilizationDetails", "GetSavingsPlansCoverage", "GetReservationUtilization",
        "GetReservationCoverage",
    ]

    func answer(_ request: SandboxRequest) async throws -> JSONValue {
        let parameters = try request.parameters([
            "TimePeriod", "GroupBy", "Granularity", "Filter", "Metrics", "DataType", "SortBy", "NextToken",
            "NextPageToken", "MaxResults",
        ])
        let month = try month(parameters)
        let commitments = EstateCommitments(estate, month, await book.charges(in: month))
        let period: JSONValue = parameters["TimePeriod"] ?? [:]
        // Commitments belong to the payer's bill; a member sees none of its own here.
        guard request.caller.isPayer else { throw Self.unavailable }
        switch request.operation {
        case "GetSavingsPlansUtilizationDetails":
            return Self.planUtilization(commitments, period, account: estate.payer.id)
        case "GetSavingsPlansCoverage": return Self.planCoverage(commitments, period)
        case "GetReservationUtilization":
            try Self.checkService(parameters)
            return Self.reservationUtilization(commitments.databaseReservations, period)
        default:
            try Self.checkService(parameters)
            return Self.reservationCoverage(commitments, period)
        }
    }

    private func month(_ parameters: JSONValue) throws -> BillingMonth {
        let (start, end) = try CostCalendar.days(parameters)
        guard end <= estate.today else { throw ServiceError.validation("End date must not be in the future.") }
        guard start >= estate.today.billingMonth.adding(months: -CostCalendar.closedMonthsKept).firstDay else {
            throw ServiceError.validation("Start date must be within 13 months.")
        }
        guard start == start.billingMonth.firstDay, end == start.billingMonth.firstDayAfter else {
            throw ServiceError.validation("The sandbox knows commitments by whole months only.")
        }
        return start.billingMonth
    }

    /// EC2 where no service is named, and nothing is reserved there.
    private static func checkService(_ parameters: JSONValue) throws {
        let leaf = parameters["Filter"]?["Dimensions"]
        guard leaf?["Key"]?.text == "SERVICE", leaf?["Values"]?.elements == [.string(EstateService.database)] else {
            throw unavailable
        }
    }

    private static var unavailable: ServiceError {
        ServiceError(code: "DataUnavailableException", message: "Data not available")
    }

    private static func planUtilization(
        _ commitments: EstateCommitments, _ period: JSONValue, account: String
    ) -> JSONValue {
        func body(_ usage: EstateCommitments.Usage) -> [String: JSONValue] {
            [
                "Utilization": [
                    "TotalCommitment": amount(usage.committed), "UsedCommitment": amount(usage.used),
                    "UnusedCommitment": amount(usage.unused),
                    "UtilizationPercentage": percent(usage.used, usage.committed),
                ],
                "Savings": [
                    "NetSavings": amount(usage.onDemandEquivalent - usage.committed),
                    "OnDemandCostEquivalent": amount(usage.onDemandEquivalent),
                ],
                "AmortizedCommitment": [
                    "AmortizedRecurringCommitment": amount(usage.committed), "AmortizedUpfrontCommitment": "0",
                    "TotalAmortizedCommitment": amount(usage.committed),
                ],
            ]
        }
        let details = commitments.plans.map { plan -> JSONValue in
            var detail = body(plan.usage)
            detail["SavingsPlanArn"] = .string(plan.arn)
            detail["Attributes"] = [
                "AccountId": .string(account), "SavingsPlansType": "Compute", "PaymentOption": "No Upfront",
                "StartDateTime": .string("\(plan.firstDay)T00:00:00.000Z"),
                "EndDateTime": .string("\(plan.endDay)T00:00:00.000Z"),
                "HourlyCommitment": amount(plan.hourlyCents * 10_000),
            ]
            return .object(detail)
        }
        return [
            "SavingsPlansUtilizationDetails": .array(details), "Total": .object(body(commitments.savingsPlans)),
            "TimePeriod": period,
        ]
    }

    private static func planCoverage(_ commitments: EstateCommitments, _ period: JSONValue) -> JSONValue {
        let covered = commitments.savingsPlans.onDemandEquivalent
        let onDemand = commitments.eligibleOnDemand
        return [
            "SavingsPlansCoverages": [
                [
                    "Attributes": [:], "TimePeriod": period,
                    "Coverage": [
                        "SpendCoveredBySavingsPlans": amount(covered), "OnDemandCost": amount(onDemand),
                        "TotalCost": amount(covered + onDemand),
                        "CoveragePercentage": percent(covered, covered + onDemand),
                    ],
                ]
            ]
        ]
    }

    private static func reservationUtilization(
        _ reservations: [EstateCommitments.Reservation], _ period: JSONValue
    ) -> JSONValue {
        func body(_ usage: EstateCommitments.Usage) -> JSONValue {
            [
                "UtilizationPercentage": percent(usage.used, usage.committed),
                "OnDemandCostOfRIHoursUsed": amount(usage.onDemandEquivalent),
                "NetRISavings": amount(usage.onDemandEquivalent - usage.committed),
                "AmortizedUpfrontFee": "0", "AmortizedRecurringFee": amount(usage.committed),
                "TotalAmortizedFee": amount(usage.committed), "RICostForUnusedHours": amount(usage.unused),
            ]
        }
        let groups = reservations.map { reservation -> JSONValue in
            [
                "Key": "SUBSCRIPTION_ID", "Value": .string(reservation.id), "Utilization": body(reservation.usage),
                "Attributes": [
                    "accountId": .string(reservation.account), "leaseId": .string(reservation.id),
                    "instanceType": "db.r6g.large", "startDateTime": .string("\(reservation.firstDay)T00:00:00.000Z"),
                    "endDateTime": .string("\(reservation.endDay)T00:00:00.000Z"),
                ],
            ]
        }
        let total = reservations.reduce(into: EstateCommitments.Usage()) { sum, reservation in
            sum.committed += reservation.usage.committed
            sum.used += reservation.usage.used
            sum.onDemandEquivalent += reservation.usage.onDemandEquivalent
        }
        return [
            "UtilizationsByTime": [["TimePeriod": period, "Groups": .array(groups)]], "Total": body(total),
        ]
    }

    private static func reservationCoverage(_ commitments: EstateCommitments, _ period: JSONValue) -> JSONValue {
        let reserved = commitments.databaseReservations.map(\.reservedHours).sum()
        let onDemand = commitments.databasesOnDemand
        let total: JSONValue = [
            "CoverageHours": [
                "OnDemandHours": amount(onDemand.hours), "ReservedHours": amount(reserved),
                "TotalRunningHours": amount(reserved + onDemand.hours),
                "CoverageHoursPercentage": percent(reserved, reserved + onDemand.hours),
            ],
            "CoverageCost": ["OnDemandCost": amount(onDemand.cost)],
        ]
        return ["CoveragesByTime": [["TimePeriod": period, "Groups": [], "Total": total]], "Total": total]
    }

    /// Micro-dollars, or millionths of an hour.
    private static func amount(_ micros: Int64) -> JSONValue { .string(BoundedText.amount(micros)) }

    private static func percent(_ part: Int64, _ whole: Int64) -> JSONValue {
        amount(whole == 0 ? 0 : Int64(Int128(part) * 100_000_000 / Int128(whole)))
    }
}

import FinOps

/// GetAnomalies: of the planted bursts those that lasted longer than a day, as if detected a day late. A single day is what
/// AWS overlooks here and a reader of daily costs must find; nothing is found that was not planted.
struct AnomaliesAnswer {
    let estate: SampleEstate
    let book: EstateBook

    func answer(_ request: SandboxRequest) async throws -> JSONValue {
        let parameters = try request.parameters([
            "MonitorArn", "DateInterval", "Feedback", "TotalImpact", "NextPageToken", "MaxResults",
        ])
        guard let interval = parameters["DateInterval"],
            let start = interval["StartDate"]?.text.flatMap(CalendarDay.init)
        else { throw ServiceError.validation("DateInterval with StartDate is required") }
        let end = interval["EndDate"]?.text.flatMap(CalendarDay.init) ?? estate.today
        guard start <= end else { throw ServiceError.validation("StartDate must not be after EndDate") }
        if parameters["NextPageToken"]?.text != nil {
            throw ServiceError(code: "InvalidNextTokenException", message: "The pagination token is invalid.")
        }
        let charges = await book.charges(in: estate.focusMonth)
        let anomalies = PlantedCharges.anomalies.enumerated().filter { $0.element.days.count > 1 }.filter { _, plant in
            let last = estate.focusMonth.firstDay.adding(days: plant.days.upperBound - 1)
            let isSeen = request.caller.isPayer || estate.accounts[plant.account].id == request.caller.accountID
            return isSeen && (start...end).contains(last) && last < estate.today
        }
        return ["Anomalies": .array(anomalies.map { anomaly($0.offset, $0.element, charges) })]
    }

    private func anomaly(
        _ number: Int, _ plant: (account: Int, service: String, days: ClosedRange<Int>, micros: Int64),
        _ charges: [EstateCharge]
    ) -> JSONValue {
        let account = estate.accounts[plant.account]
        let first = estate.focusMonth.firstDay
        let actual = charges.filter {
            $0.account == plant.account && EstateService.catalog[$0.service].name == plant.service
        }.map { charge -> Int64 in
            let part = charge.part(
                from: plant.days.lowerBound - 1, to: plant.days.upperBound,
                weights: charge.profile.runningWeights(estate.focusMonth))
            return part.unblended - part.discount
        }.sum()
        // Net unblended cost, as AWS looks at it.
        let impact = plant.micros - plant.micros * MonthGenerator.partnerDiscountRate / 1000
        let days = Int64(plant.days.count)
        let usageType =
            EstateAccount.regionPrefixes[account.homeRegion] + "-"
            + EstateService.catalog[EstateService.index(of: plant.service)].usageType
        return [
            "AnomalyId": .string("anomaly-\(BoundedText.padded(number + 1, 4))"),
            "AnomalyStartDate": .string("\(first.adding(days: plant.days.lowerBound - 1))T00:00:00Z"),
            "AnomalyEndDate": .string("\(first.adding(days: plant.days.upperBound - 1))T00:00:00Z"),
            "DimensionValue": .string(plant.service),
            "RootCauses": [
                [
                    "Service": .string(plant.service), "LinkedAccount": .string(account.id),
                    "LinkedAccountName": .string(account.name),
                    "Region": .string(EstateAccount.regions[account.homeRegion]), "UsageType": .string(usageType),
                    "Impact": ["Contribution": .dollars(impact)],
                ]
            ],
            "AnomalyScore": ["MaxScore": .fraction(0.93), "CurrentScore": .fraction(0.41)],
            "Impact": [
                "MaxImpact": .dollars(impact / days), "TotalImpact": .dollars(impact),
                "TotalActualSpend": .dollars(actual), "TotalExpectedSpend": .dollars(actual - impact),
            ],
            "MonitorArn": .string("arn:aws:ce::\(estate.payer.id):anomalymonitor/services"),
        ]
    }
}

extension JSONValue {
    /// Micro-dollars as the JSON number some services send.
    static func dollars(_ micros: Int64) -> JSONValue { .fraction(Double(micros) / 1_000_000) }
}

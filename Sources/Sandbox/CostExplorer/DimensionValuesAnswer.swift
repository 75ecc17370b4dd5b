import FinOps

/// GetDimensionValues: which values occur in a period, accounts with their names.
struct DimensionValuesAnswer {
    let estate: SampleEstate
    let book: EstateBook

    func answer(_ request: SandboxRequest) async throws -> JSONValue {
        let parameters = try request.parameters([
            "TimePeriod", "Dimension", "SearchString", "Context", "Filter", "SortBy", "MaxResults", "NextPageToken",
            "BillingViewArn",
        ])
        guard let key = parameters["Dimension"]?.text, let dimension = CostDimension(key: key) else {
            throw ServiceError.validation("Dimension \(parameters["Dimension"]?.text ?? "") is invalid")
        }
        // No list here is longer than the service's own page, so no token was ever issued.
        if parameters["NextPageToken"]?.text != nil {
            throw ServiceError(code: "InvalidNextTokenException", message: "The pagination token is invalid.")
        }
        guard var members = parameters.members else { return [:] }
        members["Granularity"] = "MONTHLY"
        let calendar = try CostCalendar(.object(members), today: estate.today)
        let scope = request.caller.isPayer ? nil : estate.indexByAccountID[request.caller.accountID]
        var cube = CostCube(
            estate: estate, scope: scope, groupBy: [dimension], filter: try CostFilter(parsing: parameters["Filter"]))
        var codes: Set<Int> = []
        for period in calendar.periods {
            let charges = await book.charges(in: period.month)
            codes.formUnion(cube.sums(of: charges, month: period.month, periods: [period])[0].keys.map(\.first))
        }
        let search = parameters["SearchString"]?.text ?? ""
        let values = codes.map { (value: cube.reader.value(dimension, $0), code: $0) }
            .filter { search.isEmpty || $0.value.lowercased().contains(search.lowercased()) }
            .sorted { $0.value < $1.value }
            .map { value, code -> JSONValue in
                let attributes: JSONValue =
                    dimension == .linkedAccount ? ["description": .string(estate.accounts[code].name)] : [:]
                return ["Value": .string(value), "Attributes": attributes]
            }
        return [
            "DimensionValues": .array(values), "ReturnSize": .integer(values.count),
            "TotalSize": .integer(values.count),
        ]
    }
}

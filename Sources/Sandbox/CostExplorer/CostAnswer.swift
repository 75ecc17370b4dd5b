import FinOps

/// GetCostAndUsage: validates like AWS, adds up, sorts, cuts into pages.
struct CostAnswer {
    let estate: SampleEstate
    let book: EstateBook
    let tokens: PageToken
    let pageSizeGroups: Int
    let discrepancy: SandboxOptions.Discrepancy?
    private let tables = CostTables()

    func answer(_ request: SandboxRequest, dataWereRefreshed: Bool) async throws -> JSONValue {
        let parameters = try request.parameters([
            "TimePeriod", "Granularity", "Metrics", "GroupBy", "Filter", "NextPageToken", "BillingViewArn",
        ])
        let calendar = try CostCalendar(parameters, today: estate.today)
        let metrics = try Self.metrics(parameters)
        let (groupBy, definitions) = try Self.groupBy(parameters)
        let filter = try CostFilter(parsing: parameters["Filter"])
        let fingerprint = PageToken.fingerprint(request, parameters, tokenMember: "NextPageToken")
        let position = try self.position(parameters, fingerprint)
        let scope = request.caller.isPayer ? nil : estate.indexByAccountID[request.caller.accountID]

        let question = CostTables.Question(fingerprint: fingerprint, dataWereRefreshed: dataWereRefreshed)
        let table: CostTable
        if let kept = await tables.table(for: question) {
            table = kept
        } else {
            let cube = CostCube(estate: estate, scope: scope, groupBy: groupBy, filter: filter)
            table = await self.table(cube, calendar, dataWereRefreshed: dataWereRefreshed)
            if table.lines.count > pageSizeGroups { await tables.keep(table, for: question) }
        }
        return page(calendar, metrics, groupBy, definitions, table, from: position, fingerprint: fingerprint)
    }

    private func table(_ cube: CostCube, _ calendar: CostCalendar, dataWereRefreshed: Bool) async -> CostTable {
        var cube = cube
        var table = CostTable()
        var first = 0
        while first < calendar.periods.count {
            let month = calendar.periods[first].month
            let periods = Array(calendar.periods[first...].prefix { $0.month == month })
            var sums = cube.sums(of: await book.charges(in: month), month: month, periods: periods)
            inject(&sums, &cube, periods, dataWereRefreshed)
            for (offset, groups) in sums.enumerated() {
                table.totals.append(groups[CostCube.Group()] ?? MetricSums())
                if !cube.groupBy.isEmpty { table.lines += Self.sorted(groups, cube, period: first + offset) }
            }
            first += periods.count
        }
        return table
    }

    private func position(_ parameters: JSONValue, _ fingerprint: String) throws -> Int {
        guard let token = parameters["NextPageToken"]?.text else { return 0 }
        switch tokens.read(token, fingerprint: fingerprint) {
        case .position(let position): return position
        case .otherRequest:
            throw ServiceError(
                code: "RequestChangedException",
                message:
                    "Your request parameters changed between pages. Try again with the old parameters or without a "
                    + "pagination token.")
        case .notIssued:
            throw ServiceError(code: "InvalidNextTokenException", message: "The pagination token is invalid.")
        }
    }

    /// What troubles add to whole months: the late charge of refreshed data, and the discrepancy that only answers by service
    /// show.
    private func inject(
        _ sums: inout [[CostCube.Group: MetricSums]], _ cube: inout CostCube, _ periods: [CostPeriod],
        _ dataWereRefreshed: Bool
    ) {
        let largest = estate.accounts.firstIndex { $0.rank == 1 } ?? 0
        var additions: [(account: Int, micros: Int64)] = []
        if let discrepancy, cube.groupBy.contains(.service) {
            let account = discrepancy.account.flatMap { estate.indexByAccountID[$0] } ?? largest
            additions.append((account, Int64(discrepancy.amount.units / 1_000_000)))
        }
        for (account, micros) in additions {
            add(micros, to: account, &sums, &cube, periods) {
                $0.start == $0.month.firstDay && $0.end == $0.month.firstDayAfter
            }
        }
        // Late charges belong to the last day, so that months and their days tell the same story.
        if dataWereRefreshed {
            add(37_210_000, to: largest, &sums, &cube, periods) { $0.end == $0.month.firstDayAfter }
        }
    }

    private func add(
        _ micros: Int64, to account: Int, _ sums: inout [[CostCube.Group: MetricSums]], _ cube: inout CostCube,
        _ periods: [CostPeriod], where belongs: (CostPeriod) -> Bool
    ) {
        let row = CostRow(account: account, service: EstateService.index(of: EstateService.compute), recordType: .usage)
        guard cube.scope == nil || cube.scope == account, let group = cube.admitted(row) else { return }
        for (index, period) in periods.enumerated() where belongs(period) {
            sums[index][group, default: MetricSums()] += MetricSums(
                charge: ChargeAmounts(unblended: micros, amortized: micros))
        }
    }

    private static func sorted(_ groups: [CostCube.Group: MetricSums], _ cube: CostCube, period: Int) -> [CostTable
        .Line]
    {
        groups.map { group, sums in
            var keys = [cube.reader.groupKey(cube.groupBy[0], group.first)]
            if cube.groupBy.count == 2 { keys.append(cube.reader.groupKey(cube.groupBy[1], group.second)) }
            return CostTable.Line(period: period, keys: keys, sums: sums)
        }
        .sorted { $0.keys.lexicographicallyPrecedes($1.keys) }
    }

    /// Cuts the list of (period, group) wherever a page is full, so one period may lie on two pages. A period without groups
    /// goes with the page that reaches it.
    private func page(
        _ calendar: CostCalendar, _ metrics: [CostExplorerMetric], _ groupBy: [CostDimension],
        _ definitions: [JSONValue], _ table: CostTable, from position: Int, fingerprint: String
    ) -> JSONValue {
        let lines = table.lines
        let end = min(position + max(1, pageSizeGroups), lines.count)
        let shown = groupBy.isEmpty ? [] : Array(lines[min(position, lines.count)..<end])
        let isLast = end >= lines.count
        let firstPeriod = position == 0 ? 0 : shown.first?.period ?? 0
        let lastPeriod = isLast ? calendar.periods.count - 1 : shown.last?.period ?? 0
        let usageType = groupBy.firstIndex(of: .usageType)
        func json(_ sums: MetricSums, _ keys: [String] = []) -> JSONValue {
            let unit = usageType.flatMap { keys.isEmpty ? nil : EstateService.unit(ofUsageType: keys[$0]) }
            return .object(
                Dictionary(metrics.map { ($0.rawValue, $0.json(sums, quantityUnit: unit)) }) { first, _ in first })
        }
        var byPeriod: [Int: [JSONValue]] = [:]
        for line in shown {
            byPeriod[line.period, default: []].append([
                "Keys": .array(line.keys.map(JSONValue.string)), "Metrics": json(line.sums, line.keys),
            ])
        }
        let results = (firstPeriod...max(firstPeriod, lastPeriod)).map { index -> JSONValue in
            let period = calendar.periods[index]
            return [
                "TimePeriod": period.json, "Groups": .array(byPeriod[index] ?? []),
                "Total": groupBy.isEmpty ? json(table.totals[index]) : [:],
                "Estimated": .bool(estate.isEstimated(period.month)),
            ]
        }
        var answer: [String: JSONValue] = [
            "ResultsByTime": .array(results), "DimensionValueAttributes": .array(attributes(groupBy, shown)),
        ]
        if !definitions.isEmpty { answer["GroupDefinitions"] = .array(definitions) }
        if !isLast { answer["NextPageToken"] = .string(tokens.make(position: end, fingerprint: fingerprint)) }
        return .object(answer)
    }

    /// Names of the accounts on this page, as AWS sends them along.
    private func attributes(_ groupBy: [CostDimension], _ lines: [CostTable.Line]) -> [JSONValue] {
        guard let index = groupBy.firstIndex(of: .linkedAccount) else { return [] }
        return Set(lines.map { $0.keys[index] }).sorted().map { id in
            [
                "Value": .string(id),
                "Attributes": ["description": .string(estate.account(id)?.name ?? "")],
            ]
        }
    }
}

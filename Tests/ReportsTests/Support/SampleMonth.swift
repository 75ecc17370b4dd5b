import FinOps

@testable import Reports

/// A month of an invented organisation, the same in every run: as many accounts as a test wants, some twenty services, a
/// partner discount, a new and a vanished service, a spike of three days, an account the organisation does not list.
struct SampleMonth: Sendable {
    var accountCount = 5
    var month = BillingMonth("2026-02")!
    var personas = Persona.allCases
    var scope = RunRequest.Scope.organization
    var isPreliminary = false
    /// The first account manages the organisation; another one only sees part of it.
    var callerIndex = 0
    var policy = RunPolicy(budget: Money("120000", .usd), displayCurrency: Currency("NZD"))
    var gates: [Verdict] = [
        Verdict(.g0, .passed), Verdict(.g1, .passed), Verdict(.g2, .passed), Verdict(.g3, .passed),
        Verdict(.g4, .passed, reasons: ["the partner discount explains the whole difference"]),
    ]
    /// Replaces the names of the first accounts, service names stay.
    var names: [String] = []
    /// Replaces the names of the first services and organisational units.
    var serviceNames: [String] = []
    var unitNames: [String] = []
    /// What the tag of every account says, where tags were read.
    var owner: String?
    /// Put into every request id: two runs differ in nothing else.
    var requestID = "req-1"
    var today = CalendarDay("2026-03-10")!
    /// Earlier months with their forecasts.
    var sealed: [SealedBook] = []
    var insights: CostInsights?
    /// Whether quantities were asked for.
    var asksUsage = false
    var register: SavingsRegister?
    var rates: ExchangeRateTable?
    /// Shown, and not reconciled: its charges are no part of the invented month.
    var lineItems: LineItemExport?
    var change: @Sendable (inout Parts) -> Void = { _ in }

    /// The answers, open to be broken by a test.
    struct Parts {
        var services: Observation<CostLedger>
        var recordTypes: Observation<CostLedger>
        var daily: Observation<CostLedger>
        var forecast: Observation<CostForecast>
        var budgets: Observation<BudgetListing>
        var invoices: Observation<InvoiceListing>
    }

    var request: RunRequest {
        RunRequest(
            month: month, project: "cloud-infrastructure", scope: scope, profile: "billing", personas: personas,
            requestedBy: "Ada Example", isSample: true, today: today, savingsRegister: register,
            exchangeRates: rates)
    }

    var inventory: AccountInventory {
        let units = [
            ["Workloads", "Prod"], ["Workloads", "NonProd"], ["Infrastructure", "Network"], ["Security"], ["Sandbox"],
        ]
        let stems = [
            "payments", "checkout", "search", "identity", "analytics", "mobile", "warehouse", "network", "audit",
        ]
        let accounts = (0..<accountCount).map { index in
            let place = index < 2 ? 0 : index % max(units.count, unitNames.count)
            let unit = place < unitNames.count ? [unitNames[place]] : units[place]
            let name =
                index < names.count
                ? names[index]
                : "\(stems[index % stems.count])-\(unit.last!.lowercased())\(index < 9 ? "" : "-\(index)")"
            return Account(
                id: Self.id(index), name: name, state: .active, organizationalUnits: unit,
                tags: owner.map { ["OWNER": $0] })
        }
        return AccountInventory(
            scope: scope, accounts: accounts, managementAccountID: Self.id(0), citation: "organizations:ListAccounts",
            requestIDs: [requestID], troubles: [], callerAccountID: Self.id(callerIndex))
    }

    var book: FactBook {
        let charges = SampleCharges(accounts: (0..<accountCount).map(Self.id) + ["999999999999"], month: month)
        let ledgers = SampleLedgers(charges: charges, requestID: requestID, metric: policy.metric)
        var parts = ledgers.parts
        if !serviceNames.isEmpty {
            parts.services = renamed(parts.services)
            parts.daily = renamed(parts.daily)
        }
        change(&parts)
        let insights =
            asksUsage
            ? (insights ?? CostInsights()).with(usage: SampleUsage.listing(of: parts.services)) : insights
        func collection(_ lineItems: LineItemExport?) -> CostCollection {
            CostCollection(
                month: month, services: parts.services, recordTypes: parts.recordTypes, daily: parts.daily,
                forecast: parts.forecast, budgets: parts.budgets, invoices: parts.invoices, insights: insights,
                lineItems: lineItems)
        }
        return MonthFacts.book(
            request: request, policy: policy, inventory: inventory, collection: collection(lineItems),
            crossValidation: ledgers.validation(collection(nil), inventory: inventory, isPreliminary: isPreliminary),
            verdicts: gates, sealed: .known(sealed))
    }

    /// The days as incidents are found in them.
    var dailyServices: DailyServices? {
        let charges = SampleCharges(accounts: [Self.id(0)], month: month)
        let parts = SampleLedgers(charges: charges, requestID: requestID, metric: policy.metric).parts
        let collection = CostCollection(
            month: month, services: parts.services, recordTypes: parts.recordTypes, daily: parts.daily,
            forecast: parts.forecast, budgets: parts.budgets, invoices: parts.invoices)
        let ledgers = SampleLedgers(charges: charges, requestID: requestID, metric: policy.metric)
        return DailyServices(
            FactMaterial(
                request: request, policy: policy, inventory: inventory, collection: collection,
                crossValidation: ledgers.validation(collection, inventory: inventory, isPreliminary: isPreliminary),
                sealed: .known([])))
    }

    /// The last key of a line is the service; the names are taken in the order of the old ones.
    private func renamed(_ observation: Observation<CostLedger>) -> Observation<CostLedger> {
        guard let ledger = observation.value else { return observation }
        let old = Set(ledger.lines.compactMap(\.keys.last)).sorted()
        let new = Dictionary(zip(old, serviceNames)) { first, _ in first }
        let lines = ledger.lines.map { line in
            CostLine(
                day: line.day, keys: line.keys.dropLast() + [new[line.keys.last!] ?? line.keys.last!],
                amounts: line.amounts)
        }
        return .known(
            CostLedger(
                query: ledger.query, currency: ledger.currency, lines: lines, estimatedPeriods: [],
                record: ledger.record))
    }

    static let factsSHA256 = Digest(String(repeating: "5e", count: 32))!

    func files() -> [RenderedFile] {
        ReportRenderer.render(book: book, personas: personas, factsSHA256: Self.factsSHA256)
    }

    static func id(_ index: Int) -> String { String(100_000_000_001 + index * 1_001_003) }
}

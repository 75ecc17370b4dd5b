import Analysis
import FinOps
import Testing

@Suite struct `Budget lights` {
    private func light(_ budget: ExactDecimal, actual: ExactDecimal = "50", landing: ExactDecimal = "100")
        -> BudgetLight
    {
        BudgetLight(budget: budget, actual: actual, landing: landing, high80: "110")
    }

    @Test func `a landing on the budget is an even chance`() {
        #expect(light("100").probabilityOfOverrun == 0.5)
        #expect(light("100").word == .amber)
        #expect(light("100").gap == .zero)
    }

    @Test func `the ends of the 80 percent interval are one in ten`() {
        #expect(abs(light("110").probabilityOfOverrun - 0.1) < 1e-9)
        #expect(light("110").word == .green)
        #expect(light("94").word == .amber)
        #expect(light("90").word == .red)
        #expect(light("90").gap == "10")
    }

    @Test func `what is overspent is red, however it lands`() {
        let over = light("100", actual: "100.01", landing: "90")
        #expect(over.word == .red)
        #expect(over.probabilityOfOverrun == 1)
    }

    @Test func `a landing without uncertainty is over or not`() {
        #expect(BudgetLight(budget: "99", actual: "0", landing: "100", high80: "100").word == .red)
        #expect(BudgetLight(budget: "101", actual: "0", landing: "100", high80: "100").word == .green)
    }
}

@Suite struct `Sizing a commitment` {
    private let usage: [ExactDecimal] = [
        "40", "42", "45", "50", "55", "60", "62", "64", "70", "72", "80", "85", "90", "95", "100", "110", "120", "130",
        "150", "200",
    ]

    @Test func `the discount's quantile of hourly usage is what to cover`() {
        let sizing = CommitmentSizing(hourlyUsage: usage, discount: "0.28")
        #expect(sizing.level == "60")
        #expect(sizing.hourlyCommitment == "43.2")
        #expect(sizing.cost == "72.6")
        #expect(sizing.onDemandCost == "86")
        #expect(sizing.savings == "268")
        #expect(sizing.effectiveSavingsRate == "0.155814")
        #expect(sizing.coverage == "0.658140")
        #expect(sizing.utilization == "0.943333")
    }

    @Test func `no discount is worth the smallest commitment at most`() {
        let sizing = CommitmentSizing(hourlyUsage: usage, discount: "0")
        #expect(sizing.level == "40")
        #expect(sizing.effectiveSavingsRate == .zero)
    }

    @Test func `without usage the shares are unknown`() {
        let sizing = CommitmentSizing(hourlyUsage: ["0", "0"], discount: "0.3")
        #expect(sizing.effectiveSavingsRate == nil && sizing.coverage == nil && sizing.utilization == nil)
    }
}

@Suite struct `Hours by what they cost` {
    @Test func `fall into bands of one round width, the last with the dearest`() {
        let bands = HourBands(["0", "9.99", "10", "25", "199", "200"]).bands
        #expect(bands.map(\.hours).reduce(0, +) == 6)
        #expect(bands[0].from == "0" && bands[0].to == "20" && bands[0].hours == 3)
        #expect(bands[10].from == "200" && bands[10].to == "220" && bands[10].hours == 1)
        #expect(bands.count == 11)
    }

    @Test(arguments: ["0.000000000001", "0.0199", "1", "19.99", "20", "123456.78"] as [ExactDecimal])
    func `are at most twenty, and at least eight where an hour can be told from nothing`(largest: ExactDecimal) {
        let bands = HourBands([largest]).bands
        #expect(bands.count <= 20 && (bands.count >= 8 || largest.units < 8))
        #expect(bands.last.map { $0.from <= largest && largest < $0.to } == true)
    }

    @Test func `are none when nothing was used`() { #expect(HourBands(["0", "0"]).bands.isEmpty) }
}

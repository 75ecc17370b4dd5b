import Exports
import FinOps
import TestSupport
import Testing

@testable import Dashboard

@Suite("Every flag of the dashboard")
struct DashboardFlagTests {
    private let alpha = "Alpha"
    private let beta = "Beta"

    @Test(arguments: Persona.allCases)
    func `a mode has its own question, headline and sections`(persona: Persona) throws {
        let shown = try Shown { $0.persona = persona }
        let others = try Persona.allCases.filter { $0 != persona }.map { other in try Shown { $0.persona = other } }
        #expect(!others.contains { $0.document.question == shown.document.question })
        #expect(!others.contains { $0.tables == shown.tables && $0.document.headline == shown.document.headline })
        #expect(shown.document.title.hasSuffix("February 2026"))
    }

    @Test func `where no unit is known nothing is said to be production or not`() throws {
        let accounts = SampleFigures.inventory.accounts.map { SampleMonth.account($0.id, organizationalUnits: nil) }
        let shown = try Shown(SampleFigures.figures(inventory: SampleMonth.inventory(accounts: accounts))) {
            $0.persona = .architect
        }
        let row = try #require(shown.document.headline.first { $0.cells[0] == .text("Non-production") })
        guard case .unknown(let reason, _) = row.cells[1] else {
            Issue.record("\(row.cells[1])")
            return
        }
        #expect(reason == "the organisational units could not be read")
    }

    @Test func `accounts and services add up to their totals, which are the report's facts`() throws {
        let shown = try Shown { $0.persona = .technical }
        #expect(try shown.value("accounts", "Total", "net") == "5200")
        #expect(try shown.value("accounts", alpha, "net") == "4560")
        #expect(try shown.value("services", "Total", "gross") == "5420")
        for name in ["accounts", "services", "account-tree", "service-tree"] {
            let table = try shown.table(name)
            let column = try #require(table.columns.firstIndex { $0.key == "net" || $0.key == "gross" })
            func sum(_ isIn: (ExportTable.Row) -> Bool) -> ExactDecimal {
                table.rows.filter(isIn).compactMap {
                    if case .figure(let value, _, _) = $0.cells[column] { value } else { nil }
                }.sum()
            }
            #expect(sum { $0.weight == .normal || $0.weight == .rest } == sum { $0.weight == .total }, "\(name)")
        }
    }

    @Test(arguments: [
        (DashboardQuery.Timeframe.daily, 28, "2026-02-01 Sun"), (.weekly, 9, "2025-12-29 (4 days)"),
        (.monthly, 13, "February 2025"), (.quarterly, 5, "2025 Q1 (59 days)"),
    ])
    func `timeframe is the grain of the series`(
        timeframe: DashboardQuery.Timeframe, count: Int, first: String
    ) throws {
        let shown = try Shown { $0.timeframe = timeframe }
        #expect(try shown.names("series").count == count)
        #expect(try shown.names("series").first == first)
    }

    @Test func `periods of a series add up to the same money, whatever their grain`() throws {
        let days = try Shown { $0.timeframe = .daily }.table("series").rows.map { $0.cells[2] }
        let sum = days.compactMap { if case .figure(let value, _, _) = $0 { value } else { nil } }.sum()
        #expect(sum == "5200")
        let quarters = try Shown { $0.timeframe = .quarterly }
        let months = try Shown { $0.timeframe = .monthly }
        let first = try months.value("series", "January 2026", "net")! + months.value("series", "February 2026", "net")!
        #expect(try quarters.value("series", "2026 Q1 (59 days)", "net") == first)
    }

    @Test func `dual shows unblended beside amortized`() throws {
        let shown = try Shown(second: SampleFigures.figures(metric: .amortized)) { $0.summary = .table }
        #expect(try shown.value("accounts", alpha, "net") == "4560")
        #expect(try shown.value("accounts", alpha, "net_amortized") == "5016")
        #expect(try shown.table("accounts").columns.map(\.focusName).contains("EffectiveCost"))
    }

    @Test(arguments: ["EC2", "ec2", "Elastic Compute Cloud", "Amazon Elastic Compute Cloud - Compute"])
    func `services are picked by what people call them`(name: String) throws {
        let shown = try Shown {
            $0.services = [name]
            $0.summary = .table
        }
        #expect(try shown.names("services") == [SampleFigures.ec2, "Total"])
        #expect(try shown.value("accounts", alpha, "gross") == "2800")
        #expect(try shown.value("accounts", beta, "gross") == "560")
        #expect(try shown.value("accounts", "Total", "previous") == "3720")
    }

    @Test(arguments: ["222222222222", "beta", "Beta"])
    func `accounts are picked by id or name`(name: String) throws {
        let shown = try Shown {
            $0.accounts = [name]
            $0.summary = .table
        }
        #expect(try shown.names("accounts") == [beta, "Total"])
        #expect(try shown.value("accounts", "Total", "net") == "640")
        #expect(try shown.value("services", "Total", "gross") == "660")
    }

    @Test(arguments: [
        ("service:RDS", "services", [SampleFigures.rds, "Total"]),
        ("category:database", "services", [SampleFigures.rds, "Total"]),
        ("account:111111111111", "accounts", ["Alpha", "Total"]),
        ("ou:Workloads/Dev", "accounts", ["Beta", "Total"]),
        ("ou:Workloads", "accounts", ["Alpha", "Beta", "Total"]),
        ("cost>1000", "accounts", ["Alpha", "1 account left out by --filter", "Total"]),
        ("cost<=640", "accounts", ["Beta", "1 account left out by --filter", "Total"]),
        ("previous<1000", "accounts", ["1 account left out by --filter", "Total"]),
        ("change>0", "accounts", ["Alpha", "1 account left out by --filter", "Total"]),
    ])
    func `a filter keeps what meets it`(filter: String, table: String, names: [String]) throws {
        let shown = try Shown {
            $0.filters = [try CostFilter(filter)]
            $0.summary = .table
        }
        if filter == "previous<1000" {
            #expect(try shown.names(table).last == "Total")
        } else {
            #expect(try shown.names(table) == names)
        }
    }

    @Test func `rows under the threshold and beyond the limit stand together as others`() throws {
        let under = try Shown {
            $0.threshold = "1000"
            $0.summary = .table
        }
        #expect(try under.names("accounts") == [alpha, "1 other account", "Total"])
        #expect(try under.value("accounts", "1 other account", "net") == "640")
        let limited = try Shown { $0.rowLimit = 1 }
        #expect(try limited.names("services") == [SampleFigures.ec2, "3 other services", "Total"])
    }

    @Test(arguments: [
        (DashboardQuery.Order.current, [SampleFigures.ec2, SampleFigures.rds, SampleFigures.lambda]),
        (.previous, [SampleFigures.ec2, SampleFigures.rds, SampleFigures.support]),
        (.change, [SampleFigures.ec2, SampleFigures.lambda, SampleFigures.rds]),
    ])
    func `sort-by orders by size, a change whatever its sign`(order: DashboardQuery.Order, names: [String]) throws {
        let shown = try Shown { $0.order = order }
        #expect(try Array(shown.names("services").prefix(3)) == names)
    }

    @Test(arguments: [
        (DashboardQuery.Layout.table, ["accounts"]), (.tree, ["account-tree"]), (.both, ["accounts", "account-tree"]),
        (.none, []),
    ])
    func `summary-mode lays out who spent`(layout: DashboardQuery.Layout, names: [String]) throws {
        let shown = try Shown { $0.summary = layout }
        #expect(shown.tables.filter { $0.hasPrefix("account") } == names)
    }

    @Test(arguments: [
        (DashboardQuery.Layout.table, ["services"]), (.tree, ["service-tree"]), (.both, ["services", "service-tree"]),
    ])
    func `output-format lays out on what`(layout: DashboardQuery.Layout, names: [String]) throws {
        let shown = try Shown { $0.detail = layout }
        #expect(shown.tables.filter { $0.hasPrefix("service") } == names)
    }

    @Test func `a tree hangs accounts on their units, and a branch adds up its leaves`() throws {
        let shown = try Shown { $0.summary = .tree }
        let tree = try shown.table("account-tree")
        #expect(try shown.names("account-tree") == ["Workloads", "Prod", alpha, "Dev", beta, "Total"])
        #expect(tree.rows.map(\.depth) == [0, 1, 2, 1, 2, 0])
        #expect(try shown.value("account-tree", "Workloads", "net") == "5200")
    }

    @Test func `accounts are grouped by the value of a tag of theirs`() throws {
        let shown = try Shown { $0.tag = "CostCenter" }
        #expect(try shown.names("tag") == ["4711", "(without the tag)", "Total"])
        #expect(try shown.value("tag", "4711", "net") == "4560")
    }

    @Test func `accounts without cost are listed on demand, and otherwise counted`() throws {
        let hidden = try Shown { $0.summary = .table }
        #expect(try !hidden.names("accounts").contains("Idle"))
        #expect(hidden.document.notes.contains { $0.hasPrefix("Without cost and not shown: 1 account;") })
        let shown = try Shown {
            $0.summary = .table
            $0.showsZeroCost = true
        }
        #expect(try shown.names("accounts").contains("Idle"))
    }

    @Test func `verbose adds the gates and the questions`() throws {
        #expect(try Shown { $0.isVerbose = true }.document.about.contains { $0.label == "G4" })
        #expect(try !Shown().document.about.contains { $0.label == "G4" })
    }
}

import FinOps
import Testing

@testable import Dashboard

@Suite("What the dashboard refuses, and why")
struct RefusalTests {
    private func code(
        _ figures: MonthFigures = SampleFigures.figures(), _ change: (inout DashboardQuery) throws -> Void
    ) -> String? {
        do {
            _ = try Shown(figures, change)
            return nil
        } catch let error as InputError {
            return error.hint == nil ? "no remedy" : error.code
        } catch {
            return "\(error)"
        }
    }

    @Test func `a name that nothing bears is refused with the nearest one`() throws {
        #expect(code { $0.accounts = ["Alhpa"] } == "unknown_account")
        #expect(code { $0.services = ["Lamda"] } == "unknown_service")
        #expect(code { $0.filters = [try CostFilter("ou:Nowhere")] } == "unknown_unit")
        #expect(code { $0.filters = [try CostFilter("category:quantum")] } == "unknown_category")
    }

    @Test(arguments: [
        "", "service", "service=EC2", "colour:red", "cost:100", "cost>many", "service:", "service>3", "cost>",
    ])
    func `a filter that is not one is refused with how one is written`(text: String) {
        #expect(throws: InputError.self) { try CostFilter(text) }
    }

    @Test func `days are not known by account, nor quarters by service`() {
        #expect(
            code {
                $0.accounts = ["Beta"]
                $0.timeframe = .daily
            } == "no_series")
        #expect(
            code {
                $0.services = ["EC2"]
                $0.timeframe = .quarterly
            } == "no_series")
    }

    @Test func `an archive that kept figures only cannot be narrowed, and shows the same otherwise`() throws {
        let archived = SampleFigures.figures(keepsLines: false)
        #expect(code(archived) { $0.services = ["EC2"] } == "lines_needed")
        let kept = try Shown(archived) { $0.summary = .table }
        let asked = try Shown { $0.summary = .table }
        #expect(try kept.names("accounts") == asked.names("accounts"))
    }

    @Test func `tags nobody could read are refused`() {
        let untagged = MonthFigures(
            request: SampleFigures.figures().request, policy: RunPolicy(),
            inventory: AccountInventory(
                scope: .organization, accounts: SampleFigures.inventory.accounts.map { $0.with(tags: nil) },
                managementAccountID: nil, citation: "", requestIDs: [], troubles: []),
            collection: SampleFigures.collection, crossValidation: SampleFigures.figures().crossValidation,
            verdicts: [], book: SampleFigures.figures().book)
        #expect(code(untagged) { $0.tag = "CostCenter" } == "no_tags")
    }
}

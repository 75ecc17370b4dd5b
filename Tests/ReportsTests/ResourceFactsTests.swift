import FinOps
import TestSupport
import Testing

@testable import Reports

/// What single resources cost, and the way down to them.
@Suite struct ResourceFactsTests {
    private static func book(_ export: LineItemExport?) -> FactBook {
        var month = SampleMonth()
        month.lineItems = export
        return month.book
    }

    private static let accounts = (0..<3).map(SampleMonth.id)
    private static let compared = book(SampleResources.export(accounts: accounts, month: BillingMonth("2026-02")!))

    private static func fact(_ book: FactBook, _ id: String) throws -> Fact {
        try #require(book.facts.first { $0.id == id }, "there is no fact \(id)")
    }

    @Test func `the resource that moved most comes first, at as many days`() throws {
        let outline = try #require(Self.compared.resources)
        #expect(outline.drivers.first?.resource == "arn:aws:rds:eu-west-1:111111111111:db:orders")
        #expect(try Self.fact(Self.compared, "resource.1.before").value == "2170")
        // 5200 − 2170 × 28 ⁄ 31
        #expect(try Self.fact(Self.compared, "resource.1.change").value == "3240")
        #expect(try Self.fact(Self.compared, "resources.count").value == "44")
    }

    @Test func `every level adds up to the one above`() throws {
        func check(_ node: CostNode) throws {
            let costs = try node.children.map { try #require(Self.fact(Self.compared, "\($0.factPrefix).cost").value) }
            if !costs.isEmpty {
                #expect(costs.sum() == (try Self.fact(Self.compared, "\(node.factPrefix).cost").value))
            }
            for child in node.children { try check(child) }
        }
        let tree = try #require(Self.compared.resources?.tree)
        try check(tree)
        #expect(try Self.fact(Self.compared, "drill.cost").value == "16588.75")
        #expect(tree.children.first?.kind == .unit)
        #expect(tree.children.first?.children.first?.children.first?.children.map(\.name) == ["i-0aa", "i-0bb"])
    }

    @Test func `a fee by the month does not follow the number of days`() throws {
        let support = try #require(
            Self.compared.resources?.tree.children.flatMap(\.children).flatMap(\.children)
                .first { $0.name == "AWS Support (Business)" })
        #expect(try Self.fact(Self.compared, "\(support.factPrefix).change").value?.isZero == true)
    }

    @Test func `without the month before, what cost most stands first and no change is claimed`() throws {
        let month = BillingMonth("2026-02")!
        let book = Self.book(SampleResources.export(accounts: Self.accounts, month: month, isCompared: false))
        #expect(book.resources?.drivers.first?.resource == "i-0aa")
        let change = try Self.fact(book, "resource.1.change")
        #expect(change.value == nil)
        #expect(change.reason == "the export holds no line items of January 2026")
    }

    @Test func `without line items everything of resources is unknown, and says what would change that`() throws {
        let book = Self.book(nil)
        #expect(book.resources == nil)
        #expect(try Self.fact(book, "resources.count").reason == "no line items were given, which `--source` names")
    }

    @Test func `of an ARN the part that tells it from others is printed`() {
        #expect(ResourceName.short("arn:aws:rds:eu-west-1:111122223333:db:orders") == "db:orders")
        #expect(ResourceName.short("i-0aa") == "i-0aa")
        #expect(ResourceName.short("arn:aws:s3") == "arn:aws:s3")
    }

    @Test(arguments: HostileNamesTests.names)
    func `the name of a resource is somebody else's words`(name: String) {
        var month = SampleMonth()
        month.lineItems = SampleResources.export(accounts: Self.accounts, month: month.month, name: name)
        for file in month.files() where file.path.hasSuffix(".html") {
            let text = String(decoding: file.bytes, as: UTF8.self)
            #expect(!text.contains("<script") && !text.contains("<img"), "\(file.path)")
            #expect(!text.contains(#/<[^>]*\son(error|load|click)=/#), "\(file.path)")
        }
    }
}

import Foundation
import Sandbox
import TestSupport
import Testing

/// A whole month of the built program for organisations that fill many pages: the size shows in pages, never in questions.
@Suite("A large organisation")
struct LargeOrganizationTests {
    @Test(arguments: [(accounts: 400, groupsPerPage: 3_000), (accounts: 5_000, groupsPerPage: 20_000)])
    func `asks Cost Explorer no more often than its answers have pages`(
        accounts: Int, groupsPerPage: Int
    ) async throws {
        try await withSandbox {
            $0.accounts = accounts
            $0.pageSizeGroups = groupsPerPage
        } _: { server in
            let tool = try BuiltTool(sandbox: server)
            // How long a phase may take on a machine that also runs other tests, and how fast a loopback server may be
            // asked for accounts, is not what is tried here.
            let run = try await tool.run(
                "run", "--month", "2026-02", "--format", "json", "--no-screenshots", "--approval-threshold",
                "1000000000.00",
                adding: ["FINOPS_PHASE_DEADLINE_SECONDS": "900", "FINOPS_RATE_LIMITS": "organizations=500:500"])
            #expect(run.status == 0, "\(run.errors)")
            #expect(try run.json()["totals"] != nil)
            let questions = try Self.questions(in: tool)
            #expect(questions.map(\.id).sorted() == ["L1", "L3", "daily"])
            for question in questions {
                let pages = max(1, (question.rows + groupsPerPage - 1) / groupsPerPage)
                #expect(question.pages.count == pages, "\(question.id) has \(question.rows) rows")
                // Every account has costs, so nothing smaller can be the whole answer.
                #expect(question.id == "daily" || question.rows > accounts)
            }
            let asked = await server.meter.requests["ce:GetCostAndUsage"]
            #expect(asked == questions.reduce(0) { $0 + $1.pages.count })
        }
    }

    private struct Question: Decodable {
        let id: String
        let operation: String
        let rows: Int
        let pages: [Page]

        struct Page: Decodable {}
    }

    /// The cost questions as the sealed month records them.
    private static func questions(in tool: BuiltTool) throws -> [Question] {
        let folder = tool.folder.path + "/evidence/cloud-infrastructure/finops-reports/2026-02/data/queries"
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
            .map { try JSONDecoder().decode(Question.self, from: Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) }
            .filter { $0.operation == "ce:GetCostAndUsage" }
    }
}

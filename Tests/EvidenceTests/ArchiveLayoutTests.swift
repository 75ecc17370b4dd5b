import Evidence
import FinOps
import Testing

struct ArchiveLayoutTests {
    @Test func `the default folders are those of the architecture`() throws {
        let layout = try ArchiveLayout(root: "/r/", project: "cloud-infrastructure")
        let february = BillingMonth("2026-02")!
        #expect(
            layout.journal("2026-02-3f9c1a2b")
                == "/r/tmp/cloud-infrastructure/finops/aws/2026-02-3f9c1a2b/journal.jsonl")
        #expect(layout.month(MonthFolder(february)) == "/r/evidence/cloud-infrastructure/finops-reports/2026-02")
        #expect(layout.month(MonthFolder(february, revision: 1)).hasSuffix("finops-reports/2026-02.r1"))
        #expect(layout.partial(MonthFolder(february)).hasSuffix("finops-reports/.2026-02.partial"))
        #expect(layout.trustFolder == "/r/evidence/cloud-infrastructure/finops-reports/trust")
        let day = CalendarDay("2026-03-01")!
        #expect(
            layout.coordinationLog(role: "qa-engineer", day: day)
                == "/r/coordination-logs/cloud-infrastructure/qa-engineer-2026-03-01.json")
        #expect(layout.coordinationLog(role: "qa-engineer", day: day, number: 2).hasSuffix("-2026-03-01.2.json"))
        #expect(layout.relative(layout.head) == "evidence/cloud-infrastructure/finops-reports/HEAD")
    }

    @Test func `the archive may lie elsewhere below the root`() throws {
        let layout = try ArchiveLayout(root: ".", project: "p", template: "projects/{project}/finops-reports/{month}")
        #expect(layout.month(MonthFolder(BillingMonth("2026-02")!)) == "./projects/p/finops-reports/2026-02")
    }

    @Test(arguments: ["", "..", "a/b", ".hidden", "über", "a b", "-x"])
    func `a project that cannot be a folder is refused`(project: String) {
        #expect(throws: InputError.self) { try ArchiveLayout(root: ".", project: project) }
    }

    @Test(arguments: ["{month}", "/abs/{month}", "a/../{month}", "evidence/{project}", "a//{month}", "a/{month}/b"])
    func `a template that leaves the root or names no month is refused`(template: String) {
        #expect(throws: InputError.self) { try ArchiveLayout(root: ".", project: "p", template: template) }
    }

    @Test func `month folders are read as strictly as they are written`() {
        #expect(MonthFolder("2026-02")?.revision == 0)
        #expect(MonthFolder("2026-02.r12")?.revision == 12)
        for text in [
            "2026-2", "2026-02.r0", "2026-02.r01", "2026-02.", "2026-02.rx", "2026-02.r1.r1", "trust", "2026-13",
        ] {
            #expect(MonthFolder(text) == nil, "\(text)")
        }
    }
}

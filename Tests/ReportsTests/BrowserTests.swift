import FinOps
import Foundation
import TestSupport
import Testing

@testable import Reports

/// What only a browser knows: the pages in Chromium, judged by axe-core, on a screen, on a telephone and on paper.
@Suite(.serialized) struct BrowserTests {
    private struct Result: Decodable {
        let page: String
        let violations: [String]
        /// Rules of axe-core that were met: none would mean that nothing was checked.
        let checked: Int
        let isTooWide: Bool
        let sheets: Int
        /// Points; nil where the page has no chart.
        let smallestPrint: Double?
        let console: [String]
        let foreign: [String]
    }

    /// Points that a chart's small print still has on paper.
    private static let leastPrint = 6.0

    /// Sheets of A4, by what each reader was promised; the appendix is as long as the organisation.
    private static let sheets: [Persona: ClosedRange<Int>] = [
        .executive: 1...1, .ceo: 1...1, .cfo: 2...3, .cto: 2...2, .architect: 2...4, .sre: 2...2,
    ]

    @Test
    func `the pages are accessible in both schemes, fit a telephone, and print as long as promised`() async throws {
        for result in try await results(of: SampleMonth.full(accountCount: 67)) {
            #expect(result.checked > 10, "\(result.page): only \(result.checked) rules applied")
            #expect(result.violations.isEmpty, "\(result.page): \(result.violations.joined(separator: "\n"))")
            #expect(!result.isTooWide, "\(result.page) is wider than a telephone")
            if let persona = Persona(rawValue: String(result.page.dropLast(5))), let promised = Self.sheets[persona] {
                #expect(promised.contains(result.sheets), "\(result.page) prints on \(result.sheets) sheets")
                guard [.executive, .cfo, .cto].contains(persona) else { continue }
                let smallest = try #require(result.smallestPrint)
                #expect(smallest >= Self.leastPrint, "\(result.page) has charts in print of \(smallest) points")
            }
        }
    }

    @Test func `hostile names make no element, run nothing and break no page`() async throws {
        for result in try await results(of: HostileNamesTests.sample) {
            #expect(result.foreign.isEmpty, "\(result.page): \(result.foreign)")
            #expect(result.console.isEmpty, "\(result.page): \(result.console)")
            #expect(result.violations.isEmpty, "\(result.page): \(result.violations.joined(separator: "\n"))")
            #expect(!result.isTooWide, "\(result.page) is wider than a telephone")
        }
    }

    private func results(of sample: SampleMonth) async throws -> [Result] {
        let folder = try TemporaryFolder()
        let files = sample.files().filter { $0.path.hasSuffix(".html") }
        for file in files {
            try file.bytes.write(to: URL(filePath: folder[String(file.path.split(separator: "/").last!)]))
        }
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Support/pages_in_browser.py")
        let outcome = try await PythonProgram.run(String(contentsOf: script, encoding: .utf8), [folder.path])
        try #require(outcome.status == 0, "\(outcome.errors)")
        let results = try JSONDecoder().decode([Result].self, from: Data(outcome.output.utf8))
        try #require(results.count == files.count)
        return results
    }
}

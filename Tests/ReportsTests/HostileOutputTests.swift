import FinOps
import Foundation
import TestSupport
import Testing

@testable import Reports

/// Two hundred hostile names through every deliverable: the pages differ from those of a harmless month only where the name itself
/// is printed, cleaned and escaped for the format it stands in.
struct HostileOutputTests {
    private static let book = SampleMonth(accountCount: 14).book

    private func files(_ names: [String]) -> [RenderedFile] {
        let book = Self.book
        let accounts = book.accounts.enumerated().map { index, account in
            FactSubject(
                factPrefix: account.factPrefix, key: account.key, name: names[index % names.count], path: account.path)
        }
        let hostile = FactBook(
            month: book.month, project: book.project, scope: book.scope, metric: book.metric, currency: book.currency,
            isPreliminary: book.isPreliminary, isSample: book.isSample, exchangeRate: book.exchangeRate,
            accounts: accounts, services: book.services, organizationalUnits: book.organizationalUnits,
            questions: book.questions, unavailable: book.unavailable, gates: book.gates, facts: book.facts,
            reconciliation: book.reconciliation)
        return ReportRenderer.render(book: hostile, personas: Persona.allCases, factsSHA256: .zero)
    }

    @Test func `a hostile name changes a page only where it is printed`() {
        let count = Self.book.accounts.count
        let harmless = (0..<count).map { "Harmless\(Character(Unicode.Scalar(65 + UInt8($0))))Name" }
        let calm = files(harmless)
        var seen: Set<String> = []
        for start in stride(from: 0, to: HostileTexts.all.count, by: count) {
            let names = (0..<count).map { HostileTexts.all[(start + $0) % HostileTexts.all.count] }
            for (file, quiet) in zip(files(names), calm) {
                #expect(file.path == quiet.path)
                var expected = String(decoding: quiet.bytes, as: UTF8.self)
                for (name, stand) in zip(names, harmless) where expected.contains(stand) {
                    expected = expected.replacing(stand, with: escaped(name, for: file.format))
                    seen.insert(name)
                }
                #expect(String(decoding: file.bytes, as: UTF8.self) == expected, "\(file.path) of \(start)")
            }
        }
        #expect(seen.count >= 200)
    }

    private func escaped(_ name: String, for format: Deliverable.Format) -> String {
        let clean = UntrustedText(name).text
        return switch format {
        case .html: Escape.html(clean)
        case .json: String(decoding: JSONValue.string(clean).bytes.dropFirst().dropLast(), as: UTF8.self)
        default: Escape.markdown(clean)
        }
    }
}

import FinOps
import Foundation
public import Reports
public import Testing

/// Whole files held against what a person has looked at. `UPDATE_GOLDEN=1 swift test` rewrites them.
struct GoldenPagesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    private static let sample = SampleMonth.full()
    private static let mayUpdate = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

    @Test(arguments: sample.files())
    func `a page is what it was when somebody looked at it`(file: RenderedFile) throws {
        try expectGolden(file.bytes, named: String(file.path.split(separator: "/").last!))
    }

    @Test func `the book of facts is what it was when somebody looked at it`() throws {
        try expectGolden(try JSONText.document(Self.sample.book), named: "facts.json")
    }

    private func expectGolden(_ bytes: Data, named name: String) throws {
        let url = Self.folder.appending(path: name)
        if Self.mayUpdate {
            try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
            try bytes.write(to: url)
        }
        let golden = try Data(contentsOf: url)
        let isSame = bytes == golden  // said without the bytes: thousands of them explain nothing
        #expect(isSame, "\(name) differs from its golden file")
    }
}

extension RenderedFile: CustomTestStringConvertible {
    public var testDescription: String { path }
}

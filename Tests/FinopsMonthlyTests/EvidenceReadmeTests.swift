import Foundation
import TestSupport
import Testing

/// The commands evidence/README.md gives an auditor, run as they stand there.
@Suite("An auditor with stock tools")
struct EvidenceReadmeTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let example = root.appendingPathComponent("evidence/example/finops-reports").path

    /// The fenced shell blocks of the page, in order.
    private static func blocks() throws -> [String] {
        let page = try String(contentsOf: root.appendingPathComponent("evidence/README.md"), encoding: .utf8)
        return page.components(separatedBy: "```sh\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
    }

    private func run(_ block: String, in folder: String) async throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-euo", "pipefail", "-c", block]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return (status, String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
    }

    @Test func `every command of the page holds on the example month`() async throws {
        let blocks = try Self.blocks()
        #expect(blocks.count == 7)
        var outputs: [String] = []
        for block in blocks {
            let result = try await run(block, in: Self.example)
            #expect(result.status == 0, "\(block)\n\(result.output)")
            outputs.append(result.output)
        }
        #expect(outputs[0].contains("All checks hold: 1 month"))
        #expect(outputs[1].contains("2026-02: every digest holds"))
        #expect(outputs[2].contains("Verified OK"))
        #expect(outputs[3].contains("the journal is whole"))
        #expect(outputs[4].contains("approved by demo-approver"))
        #expect(outputs[5].hasPrefix("1 2026-02 "))
        #expect(outputs[6].contains("every stamp was checked"))
    }

    @Test func `the tool verifies the example month and judges its gates again`() async throws {
        let tool = try BuiltTool()
        let run = try await tool.run("verify", Self.example, "--trust", Self.example + "/trust")
        #expect(run.status == 0, "\(run.output)\(run.errors)")
    }

    @Test(arguments: [
        ("data/reports/cfo.html", 0), ("data/facts.json", 1), ("manifest-sha256.txt", 1),
        ("tagmanifest-sha256.txt", 2), ("data/journal.jsonl", 3), ("data/approvals/G7-demo-approver.sigstore.json", 4),
    ])
    func `one changed byte is refused by the page and by the tool`(path: String, block: Int) async throws {
        let folder = try TemporaryFolder()
        let copy = folder.path + "/finops-reports"
        try FileManager.default.copyItem(atPath: Self.example, toPath: copy)
        let file = URL(fileURLWithPath: "\(copy)/2026-02/\(path)")
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: file)

        let page = try await run(try Self.blocks()[block], in: copy)
        #expect(page.status != 0, "\(page.output)")
        let tool = try await BuiltTool().run("verify", copy, "--trust", Self.example + "/trust")
        #expect(tool.status == 30, "\(tool.output)")
    }
}

import Evidence
import FinOps
import Foundation
import TestSupport
import Testing

/// Every forgery of the table is refused by `finops-monthly verify`'s verifier and by `verify.sh`, which knows nothing of ours,
/// by the same words.
@Suite("Forged archives")
struct ForgeryTests {
    @Test func `there are more than enough of them`() {
        #expect(Forgery.all.count >= 66)
        #expect(Set(Forgery.all.map(\.name)).count == Forgery.all.count)
        ProofFigures.add("forged archives", ["tried on `verify` and on `verify.sh`": Forgery.all.count])
    }

    @Test func `the original is accepted by both`() async throws {
        let archive = try ForgedArchive(of: try await Original.shared.value)
        let head = archive.links[2].seal
        #expect(try archive.sample.report(trust: archive.pinned, expectedHead: head).trouble.isEmpty)
        let script = try await VerifyScriptRun(archive, head: head)
        #expect(script.status == 0, "\(script.output)")
        #expect(script.trouble.isEmpty)
        let sentence = "All checks hold: 3 months, chain head sha256:\(head). No gate was judged again.\n"
        #expect(script.output.hasSuffix(sentence))
    }

    @Test(arguments: Forgery.all)
    func `a forgery is refused by both, by the same words`(forgery: Forgery) async throws {
        let archive = try ForgedArchive(of: try await Original.shared.value)
        try forgery.forge(archive)
        let head = forgery.knowsHead ? archive.links[2].seal : nil
        let report = try archive.sample.report(trust: archive.pinned, expectedHead: head)
        #expect(report.trouble.contains(forgery.refusal), "\(report.trouble)")
        let script = try await VerifyScriptRun(archive, head: head)
        #expect(script.trouble == report.trouble, "\(script.output)")
        #expect(script.status == (report.failure == .broken ? 30 : 31))
    }
}

/// One run of the `verify.sh` that lies beside the months.
struct VerifyScriptRun {
    let status: Int32
    let output: String
    /// As `VerificationReport.trouble` puts it.
    let trouble: Set<String>

    init(_ archive: ForgedArchive, head: Digest?) async throws {
        // The forger may have replaced the script as well; the auditor brings his own.
        let script = archive.sample.folder["verify.sh"]
        try LocalFileSystem().write(Data(VerifyScript.text.utf8), to: script)
        let run = try Command.run(
            "env",
            ["TRUST=\(archive.pinned)", "bash", script, archive.sample.layout.archiveFolder]
                + (head.map { ["\($0)"] } ?? []))
        status = run.status
        output = run.output + run.error
        trouble = Set(
            run.output.split(separator: "\n").compactMap { line in
                let fields = (word: line.prefix(8), month: line.dropFirst(8).prefix(12), check: line.dropFirst(20))
                let word = fields.word.trimmingCharacters(in: .whitespaces)
                guard let named = VerificationWord(rawValue: word), named != .ok, line.count > 20 else { return nil }
                let month = fields.month.trimmingCharacters(in: .whitespaces)
                let check = String(fields.check).components(separatedBy: "  ")[0]
                return (month == "archive" ? "" : month + " ") + check + ": " + word
            })
    }
}

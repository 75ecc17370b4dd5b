import FinOps
import Foundation
import Testing

@testable import Evidence

/// One way to forge an archive of three stamped months, and what has to be said of it.
struct Forgery: Sendable, CustomTestStringConvertible {
    let name: String
    /// A line both verifiers must print: `2026-02 seal subject: differs`.
    let refusal: String
    /// Whether the auditor knows the head from elsewhere.
    var knowsHead = false
    let forge: @Sendable (ForgedArchive) throws -> Void

    var testDescription: String { name }

    init(
        _ name: String, _ refusal: String, knowsHead: Bool = false,
        forge: @escaping @Sendable (ForgedArchive) throws -> Void
    ) {
        self.name = name
        self.refusal = refusal
        self.knowsHead = knowsHead
        self.forge = forge
    }

    static let all = FileForgery.all + structural + signatures + insiders + stamps

    /// Folders and lists, by whoever can write the archive.
    static let structural: [Forgery] = [
        Forgery("a report added", "2026-02 nothing else: FAILED") { try $0.write("data/reports/extra.html", "") },
        Forgery("a second seal added", "2026-02 nothing else: FAILED") { try $0.write("seal/second.json", "{}") },
        Forgery("a file put beside the bag's own", "2026-02 nothing else: FAILED") {
            try $0.write("README", "trust me")
        },
        Forgery("a file that is a link", "2026-02 nothing else: FAILED") { archive in
            let facts = archive.february + "/data/facts.json"
            try archive.disk.rename(facts, to: archive.sample.folder["facts.json"])
            try FileManager.default.createSymbolicLink(
                atPath: facts, withDestinationPath: archive.sample.folder["facts.json"])
        },
        Forgery("figures changed and both manifests written again", "2026-02 seal subject: differs") {
            try $0.write("data/facts.json", "{\"forged\":true}\n")
            try $0.rewriteManifests()
        },
        Forgery("the decision removed and both manifests written again", "2026-02 approval quorum: missing") {
            try $0.disk.remove($0.february + "/data/approvals/G7-alice.sigstore.json")
            try $0.rewriteManifests()
        },
        Forgery("request and decision removed together", "2026-02 approval request: missing") {
            try $0.disk.remove($0.february + "/data/approvals")
            try $0.rewriteManifests()
        },
        Forgery("a line of the journal removed", "2026-02 journal: FAILED") { archive in
            let path = archive.february + "/data/journal.jsonl"
            var lines = String(decoding: try archive.disk.read(path), as: UTF8.self).split(separator: "\n")
            lines.remove(at: 1)
            try archive.disk.write(Data((lines.joined(separator: "\n") + "\n").utf8), to: path)
            try archive.rewriteManifests()
        },
        Forgery("the end of the journal cut off", "2026-02 journal head: differs") { archive in
            let path = archive.february + "/data/journal.jsonl"
            let lines = String(decoding: try archive.disk.read(path), as: UTF8.self).split(separator: "\n")
            try archive.disk.write(Data((lines.dropLast().joined(separator: "\n") + "\n").utf8), to: path)
        },
        Forgery("the first month removed", "2026-02 chain: missing") { try $0.disk.remove($0.month("2026-01")) },
        Forgery("a month in the middle removed", "2026-03 chain: missing") { try $0.disk.remove($0.february) },
        Forgery("the newest month cut off", "head: missing") { try $0.disk.remove($0.month("2026-03")) },
        Forgery("the newest month cut off and the head put back", "expected head: FAILED", knowsHead: true) {
            try $0.disk.remove($0.month("2026-03"))
            try $0.disk.write(Data("\($0.links[1].seal)\n".utf8), to: $0.sample.layout.head)
        },
        Forgery("two months swapped", "2026-02 seal period: differs") { archive in
            let aside = archive.sample.folder["aside"]
            try archive.disk.rename(archive.february, to: aside)
            try archive.disk.rename(archive.month("2026-03"), to: archive.february)
            try archive.disk.rename(aside, to: archive.month("2026-03"))
        },
        Forgery("a month copied forward", "2026-04 chain: FAILED") { try $0.copy("2026-03", to: "2026-04") },
        Forgery("a month copied as a restatement", "2026-03.r1 restatement: differs") {
            try $0.copy("2026-03", to: "2026-03.r1")
        },
        Forgery("a month renamed", "2026-05 seal period: differs") {
            try $0.disk.rename($0.february, to: $0.month("2026-05"))
        },
        Forgery("a month that is a link", "archive: FAILED") { archive in
            try archive.disk.rename(archive.february, to: archive.sample.folder["aside"])
            try FileManager.default.createSymbolicLink(
                atPath: archive.february, withDestinationPath: archive.sample.folder["aside"])
        },
        Forgery("a month that is a file", "archive: FAILED") {
            try $0.disk.remove($0.february)
            try $0.disk.write(Data(), to: $0.february)
        },
        Forgery("a head of long ago", "head: differs") {
            try $0.disk.write(Data("\($0.links[0].seal)\n".utf8), to: $0.sample.layout.head)
        },
        Forgery("a head nobody made", "head: missing") {
            try $0.disk.write(Data("\(Digest.zero)\n".utf8), to: $0.sample.layout.head)
        },
        Forgery("a head that is none", "head: FAILED") { try $0.disk.write(Data("x".utf8), to: $0.sample.layout.head) },
        Forgery("no head", "head: missing") { try $0.disk.remove($0.sample.layout.head) },
    ]
}

/// Each file of the month in the middle, changed and removed.
enum FileForgery {
    /// Every path and the line by which a changed and a removed one is refused.
    static let paths: [(path: String, changed: String, removed: String)] =
        [
            ("bagit.txt", "bag declaration: differs", "bag declaration: missing"),
            ("bag-info.txt", "tag manifest: differs", "payload size: missing"),
            ("manifest-sha256.txt", "tag manifest: differs", "manifest: missing"),
            ("tagmanifest-sha256.txt", "seal subject: differs", "tag manifest: missing"),
            ("seal/run.sigstore.json", "seal signature: FAILED", "seal signature: missing"),
        ]
        + [
            "reports/cfo.html", "reports/cfo.md", "reports/stakeholder-email.md", "facts.json", "policy.json",
            "coordination-logs/qa-engineer-2026-04-01.json", "approvals/request.json",
            "approvals/G7-alice.sigstore.json", "journal.jsonl",
        ].map { ("data/" + $0, "manifest: differs", "manifest: missing") }

    static var all: [Forgery] {
        paths.flatMap { path, changed, removed in
            [
                Forgery("one bit of \(path) flipped", "2026-02 " + changed) { archive in
                    try archive.edit(path) { $0[$0.count / 2] ^= 1 }
                },
                Forgery("\(path) removed", "2026-02 " + removed) {
                    try $0.disk.remove($0.february + "/" + path)
                },
            ]
        }
    }
}

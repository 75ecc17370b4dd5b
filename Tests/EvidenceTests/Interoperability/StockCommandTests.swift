import Evidence
import FinOps
import Foundation
import Testing

/// What we write must be checkable with `openssl`, `sha256sum` and `jq` alone, by the commands the documentation gives.
struct StockCommandTests {
    let archive: SampleArchive

    init() throws { archive = try SampleArchive(months: 3) }

    /// Ends with 0 only if every month, its seal, its journal, its approval and the chain hold.
    static let script = #"""
        set -euo pipefail
        cd "$1"
        T=application/vnd.in-toto+json
        W=$(mktemp -d); trap 'rm -rf "$W"' EXIT
        pae() { printf 'DSSEv1 %d %s %d ' ${#T} $T "$(stat -c %s "$1")"; cat "$1"; }
        opens() {  # bundle, public key: writes the payload to $W/payload
            jq -e '.dsseEnvelope.signatures | length == 1' "$1" > "$W/one"
            [ "$(jq -r .dsseEnvelope.payloadType "$1")" = "$T" ]
            jq -r .dsseEnvelope.payload "$1" | base64 -d > "$W/payload"
            jq -r '.dsseEnvelope.signatures[0].sig' "$1" | base64 -d > "$W/sig"
            pae "$W/payload" | openssl dgst -sha256 -verify "$2" -signature "$W/sig" | grep -qx 'Verified OK'
        }
        previous=null; seq=0
        for month in 20??-??; do
            (cd "$month" && sha256sum --strict --quiet -c tagmanifest-sha256.txt && sha256sum --strict --quiet -c manifest-sha256.txt)
            opens "$month/data/approvals/G7-alice.sigstore.json" trust/approvers/alice.pub
            jq -r '.subject[0].digest.sha256' "$W/payload" > "$W/approved"
            opens "$month/seal/run.sigstore.json" trust/runner.pub
            [ "$(sha256sum < "$month/tagmanifest-sha256.txt" | cut -d' ' -f1)" = "$(jq -r '.subject[0].digest.sha256' "$W/payload")" ]
            [ "$(grep '  data/reports/' "$month/manifest-sha256.txt" | sha256sum | cut -d' ' -f1)" = "$(jq -r .predicate.deliverables "$W/payload")" ]
            [ "$(cat "$W/approved")" = "$(jq -r .predicate.deliverables "$W/payload")" ]
            [ "$(sha256sum < "$month/data/facts.json" | cut -d' ' -f1)" = "$(jq -r .predicate.facts "$W/payload")" ]
            [ "$(sha256sum < "$month/data/policy.json" | cut -d' ' -f1)" = "$(jq -r .predicate.policy "$W/payload")" ]
            [ "$(tail -n 1 "$month/data/journal.jsonl" | sha256sum | cut -d' ' -f1)" = "$(jq -r .predicate.journalHead "$W/payload")" ]
            rm -rf "$W/j"; mkdir "$W/j"
            split -l 1 -a 6 "$month/data/journal.jsonl" "$W/j/"
            (cd "$W/j" && ls | xargs sha256sum | cut -d' ' -f1) > "$W/h"
            diff <(jq -r .prev "$month/data/journal.jsonl") <(printf '%064d\n' 0; sed '$d' "$W/h")
            # Our JSON is its own canonical form, so jq and RFC 8785 agree with its bytes.
            cmp "$W/payload" <(jq -jcS . "$W/payload")
            seq=$((seq + 1))
            [ "$(jq -r .predicate.seq "$W/payload")" = "$seq" ]
            [ "$(jq -r '.predicate.previous.digest.sha256' "$W/payload")" = "$previous" ]
            [ "$(jq -r .predicate.period "$W/payload")" = "$month" ]
            previous=$(sha256sum < "$W/payload" | cut -d' ' -f1)
        done
        [ "$seq" = 3 ]
        [ "$(cat HEAD)" = "$previous" ]
        [ "$(openssl pkey -pubin -in trust/runner.pub -outform DER | openssl dgst -sha256 -binary | base64)" = "$(jq -r '.verificationMaterial.publicKey.hint' 2026-03/seal/run.sigstore.json)" ]
        echo verified
        """#

    @Test func `the documented commands verify an archive of ours`() throws {
        let result = try Command.run("bash", ["-c", Self.script, "verify", archive.layout.archiveFolder])
        #expect(result.status == 0, "\(result.error)")
        #expect(result.output == "verified\n")
    }

    @Test func `and refuse it when one byte of a report has changed`() throws {
        let report = archive.layout.month(MonthFolder("2026-02")!) + "/data/reports/cfo.md"
        try LocalFileSystem().append(Data(" ".utf8), to: report)
        let result = try Command.run("bash", ["-c", Self.script, "verify", archive.layout.archiveFolder])
        #expect(result.status != 0)
    }
}

/// Runs a program of the machine and waits for it.
enum Command {
    static func run(
        _ program: String, _ arguments: [String]
    ) throws -> (status: Int32, output: String, error: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardInput = FileHandle.nullDevice
        let (output, error) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, error)
        try process.run()
        // Our programs write little to stderr, so reading one pipe after the other cannot block.
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        let trouble = String(decoding: try error.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text, trouble)
    }
}

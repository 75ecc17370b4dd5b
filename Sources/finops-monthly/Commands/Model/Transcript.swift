import Evidence
import FinOps
import Foundation
import LanguageModels

/// A talk that somebody wants to keep as evidence: JSON lines that begin with the seal of the month talked about, and of which
/// each names the SHA-256 of the line before. Nobody signs it: against the digest of its last line, kept elsewhere, a change
/// anywhere shows; without that the end can be cut and the whole be written anew. Never written over.
struct Transcript {
    private struct Opening: Encodable {
        let month: String
        let seal: Digest
        let tool: String
        let openedAt: Timestamp
    }

    private struct Entry: Encodable {
        let previous: Digest
        let question: String
        let askedAt: Timestamp
        /// The model, the digest of the prompt, every answer it gave, and what became of it.
        let narration: Narration
    }

    private let file: FileHandle
    /// Of the last line: what is to be kept apart from the file.
    private(set) var previous: Digest = .zero

    init(_ path: String, of finished: FinishedMonth) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw InputError(
                "bad_transcript", "`--transcript \(path)` cannot be begun", cause: String(cString: strerror(errno)),
                hint: "name a file that does not exist yet")
        }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try write(
            Opening(
                month: finished.folder.description, seal: finished.seal, tool: FinOpsMonthly.toolVersion,
                openedAt: SystemClock().now()))
        try LocalFileSystem().synchronize(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    mutating func add(_ question: String, askedAt: Timestamp, _ narration: Narration) throws {
        try write(Entry(previous: previous, question: question, askedAt: askedAt, narration: narration))
    }

    private mutating func write(_ value: some Encodable) throws {
        let line = try JSONText.line(value) + Data("\n".utf8)
        try file.write(contentsOf: line)
        try file.synchronize()
        previous = SystemHashing().sha256(line)
    }
}

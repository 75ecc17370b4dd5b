import Evidence
import FinOps
import Foundation
import Pipeline

/// Where letters go, and what is known of them there: more than the engine is told.
final class PostOffice: @unchecked Sendable {
    static let recipients = ["cfo@example.org", "board@example.org"]

    /// What becomes of the next letters: told to the engine, and whether they arrive.
    enum Mood: CaseIterable, Sendable { case accepts, refuses, deliversInSilence, losesInSilence }

    struct Letter {
        let key: Digest
        let deliverables: Digest
        let mood: Mood
    }

    var mood = Mood.accepts
    private(set) var letters: [Letter] = []

    /// What a person finds who asks every recipient.
    var everybodyHasIt: Bool {
        Set(letters.filter { [.accepts, .deliversInSilence].contains($0.mood) }.map(\.key)).count
            == Self.recipients.count
    }

    /// Letters that may have arrived and were sent again.
    private(set) var repetitions = 0

    func send(_ letter: ReportLetter) -> PostOutcome {
        if letters.contains(where: { $0.key == letter.key && $0.mood != .refuses }) { repetitions += 1 }
        let pages = letter.reports.map { (path: $0.path, digest: SystemHashing().sha256($0.bytes)) }
        letters.append(
            Letter(key: letter.key, deliverables: DeliverablesDigest.compute(pages), mood: mood))
        switch mood {
        case .accepts: return .accepted()
        case .refuses: return .refused("the mail server answered 550")
        case .deliversInSilence, .losesInSilence: return .unknown("the connection was cut after the message")
        }
    }
}

/// The way from one process to the post office.
struct Postman: ReportPost {
    let office: PostOffice
    let life: Life

    func recipients() async throws -> [String] { PostOffice.recipients }
    /// The dead send nothing.
    func send(_ letter: ReportLetter) async -> PostOutcome {
        life.isDead ? .unknown("nobody is there any more") : office.send(letter)
    }
}

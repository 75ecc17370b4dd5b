import Evidence
import FinOps
import Foundation
import Pipeline
import Simulation
import TestSupport
import Testing

@Suite struct `Approved reports on their way to people` {
    private static let people = ["cfo.planted@example.org", "board.planted@example.org"]

    @Test
    func `nothing is sent before the approval, each person gets the approved bytes once, and the journal says so`()
        async throws
    {
        let workshop = try Workshop()
        workshop.policy = RunPolicy(approvalThreshold: Money("0", .usd))
        let post = CountingPost(Self.people)
        workshop.distribution = Distribution(post: post)
        let waiting = try await workshop.start()
        #expect(post.letters.isEmpty)
        let run = waiting.result.runID
        _ = try await workshop.decide(run, as: "bob")
        let end = try await workshop.engine().resume(run)
        #expect(end.result.status == .complete)
        #expect(post.letters.map(\.recipient) == Self.people)
        #expect(Set(post.letters.map(\.key)).count == 2)
        let folder = workshop.layout.runFolder(run)
        for report in try #require(post.letters.first).reports {
            #expect(try workshop.disk.read("\(folder)/\(report.path)") == report.bytes)
        }
        let journal = try String(decoding: workshop.disk.read(workshop.layout.journal(run)), as: UTF8.self)
        #expect(journal.components(separatedBy: "\"mail.send\"").count == 5, "an intent and a result for each")
        _ = try await workshop.engine().resume(run)
        #expect(post.letters.count == 2)
        #expect(try workshop.verify().failure == nil)
        for person in Self.people { #expect(try workshop.filesHolding(person) == []) }
    }

    @Test func `reports that changed since the approval are sent to nobody`() async throws {
        let workshop = try Workshop()
        workshop.policy = RunPolicy(approvalThreshold: Money("0", .usd))
        let post = CountingPost(Self.people)
        workshop.distribution = Distribution(post: post)
        let run = try await workshop.start().result.runID
        _ = try await workshop.decide(run, as: "bob")
        let page = workshop.layout.runFolder(run) + "/reports/cfo.html"
        try workshop.disk.write(try workshop.disk.read(page) + Data(" ".utf8), to: page)
        await #expect {
            try await workshop.engine().resume(run)
        } throws: { ($0 as? InputError)?.code == "deliverables_differ" }
        #expect(post.letters.isEmpty)
    }

    @Test func `a rejected month is sent to nobody`() async throws {
        let workshop = try Workshop()
        workshop.policy = RunPolicy(approvalThreshold: Money("0", .usd))
        let post = CountingPost(Self.people)
        workshop.distribution = Distribution(post: post)
        let run = try await workshop.start().result.runID
        _ = try await workshop.decide(run, as: "bob", approved: false)
        #expect(try await workshop.engine().resume(run).result.status == .rejected)
        #expect(post.letters.isEmpty)
    }

    @Test func `a refusal is journaled and the month is sealed all the same`() async throws {
        let workshop = try Workshop()
        let post = CountingPost(Self.people, outcomes: [.refused("the mail server answered 550")])
        workshop.distribution = Distribution(post: post)
        let end = try await workshop.start()
        #expect(end.result.status == .complete)
        let path = workshop.layout.journal(end.result.runID)
        let journal = String(decoding: try workshop.disk.read(path), as: UTF8.self)
        #expect(journal.contains("the mail server answered 550"))
    }

    @Test(arguments: [Distribution.Answer.delivered(saidBy: "dora"), .sendAgain])
    func `an unknown outcome is asked and not guessed, and the others are served`(answer: Distribution.Answer)
        async throws
    {
        let workshop = try Workshop()
        let post = CountingPost(Self.people, outcomes: [.unknown("no answer")])
        workshop.distribution = Distribution(post: post)
        await #expect(throws: UnknownDeliveries.self) { try await workshop.start() }
        let run = try workshop.newestRun
        await #expect(throws: UnknownDeliveries.self) { try await workshop.engine().resume(run) }
        #expect(post.letters.map(\.recipient) == Self.people, "nothing is sent again before a person said so")
        workshop.distribution = Distribution(post: post, answer: answer)
        #expect(try await workshop.engine().resume(run).result.status == .complete)
        #expect(post.letters.count == (answer == .sendAgain ? 3 : 2))
        #expect(Set(post.letters.map(\.key)).count == 2, "a letter that is sent again has the same name")
        let journal = try String(decoding: workshop.disk.read(workshop.layout.journal(run)), as: UTF8.self)
        #expect(journal.contains(#""said_by":"dora""#) == (answer != .sendAgain), "who said so is kept")
    }

    @Test func `after the seal only those who were not reached are sent the same letter again`() async throws {
        let workshop = try Workshop()
        workshop.policy = RunPolicy(approvalThreshold: Money("0", .usd))
        let post = CountingPost(Self.people, outcomes: [.refused("the mail server answered 550"), .accepted(id: "q7")])
        workshop.distribution = Distribution(post: post)
        let run = try await workshop.start().result.runID
        let early = await #expect(throws: InputError.self) { try await workshop.engine().distribute(run) }
        #expect(early?.code == "not_sealed")
        _ = try await workshop.decide(run, as: "bob")
        #expect(try await workshop.engine().resume(run).result.status == .complete)
        let journal = try String(decoding: workshop.disk.read(workshop.layout.journal(run)), as: UTF8.self)
        #expect(journal.contains(#""receipt":"q7""#), "the name the carrier gave it is kept")

        let report = try await workshop.engine().distribute(run)
        #expect((report.recipientCount, report.earlierCount, report.acceptedCount) == (2, 1, 1))
        #expect(post.letters.map(\.recipient) == Self.people + [Self.people[0]])
        #expect(Set(post.letters.map(\.key)).count == 2)
        #expect(try await workshop.engine().distribute(run).earlierCount == 2)
        #expect(post.letters.count == 3)
        #expect(try workshop.verify().failure == nil, "what is sent later is no part of the sealed month")
    }

    @Test func `after the seal an unknown outcome is asked too`() async throws {
        let workshop = try Workshop()
        let post = CountingPost(Self.people, outcomes: [.refused("no"), .accepted(), .unknown("no answer")])
        workshop.distribution = Distribution(post: post)
        let run = try await workshop.start().result.runID
        for _ in 1...2 {
            let unknown = await #expect(throws: UnknownDeliveries.self) {
                try await workshop.engine().distribute(run)
            }
            #expect(unknown?.hint?.contains("finops-monthly distribute \(run) --delivered") == true)
        }
        #expect(post.letters.count == 3)
        workshop.distribution = Distribution(post: post, answer: .delivered(saidBy: "dora"))
        #expect(try await workshop.engine().distribute(run).earlierCount == 2)
    }

    @Test func `after the seal nothing is sent on an approval that is not trusted any more`() async throws {
        let workshop = try Workshop()
        workshop.policy = RunPolicy(approvalThreshold: Money("0", .usd))
        let post = CountingPost(Self.people, outcomes: [.refused("no"), .refused("no")])
        workshop.distribution = Distribution(post: post)
        let run = try await workshop.start().result.runID
        _ = try await workshop.decide(run, as: "bob")
        _ = try await workshop.engine().resume(run)
        try LocalFileSystem().remove(workshop.layout.trustFolder + "/approvers/bob.pub")
        let void = await #expect(throws: InputError.self) { try await workshop.engine().distribute(run) }
        #expect(void?.code == "approval_void")
        #expect(post.letters.count == 2)
    }

    @Test func `dying at any disk operation never sends a letter twice unasked`() async throws {
        let calm = try Workshop(on: ModelledDisk())
        calm.distribution = Distribution(post: CountingPost(Self.people))
        let counter = TroubledDisk(calm.disk)
        _ = try await calm.start(on: counter)
        var asked = 0
        for point in stride(from: counter.operationCount / 2, through: counter.operationCount, by: 2) {
            let workshop = try Workshop(on: ModelledDisk())
            let post = CountingPost(Self.people)
            workshop.distribution = Distribution(post: post)
            _ = try? await workshop.start(on: TroubledDisk.dying(at: point, on: workshop.disk))
            let run = try workshop.newestRun
            do {
                _ = try await workshop.engine().resume(run)
            } catch is UnknownDeliveries {
                asked += 1
                workshop.distribution = Distribution(post: post, answer: .delivered(saidBy: "dora"))
                _ = try await workshop.engine().resume(run)
            }
            let shelf = RunShelf(layout: workshop.layout, fileSystem: workshop.disk)
            #expect(try shelf.result(of: run).status == .complete, "died at operation \(point)")
            #expect(Set(post.letters.map(\.key)).count == post.letters.count, "died at operation \(point)")
        }
        #expect(asked > 0, "some death falls between sending and the answer")
    }
}

/// Counts what it is given; the first letters fare as told, the others are accepted.
private final class CountingPost: ReportPost, @unchecked Sendable {
    private let people: [String]
    private var outcomes: [PostOutcome]
    private(set) var letters: [ReportLetter] = []

    init(_ people: [String], outcomes: [PostOutcome] = []) { (self.people, self.outcomes) = (people, outcomes) }

    func recipients() async throws -> [String] { people }

    func send(_ letter: ReportLetter) async -> PostOutcome {
        letters.append(letter)
        return outcomes.isEmpty ? .accepted() : outcomes.removeFirst()
    }
}

extension Workshop {
    /// Files below the root that hold the text.
    fileprivate func filesHolding(_ text: String) throws -> [String] {
        let walk = try #require(FileManager.default.enumerator(atPath: folder.path))
        return walk.compactMap { $0 as? String }.filter { path in
            FileManager.default.contents(atPath: "\(folder.path)/\(path)")?.range(of: Data(text.utf8)) != nil
        }
    }
}

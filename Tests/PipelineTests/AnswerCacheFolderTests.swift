import Evidence
import FinOps
import Foundation
import OpenSSL
import TestSupport
import Testing

@testable import Pipeline

@Suite("The cache of paid answers on the disk") struct AnswerCacheFolderTests {
    private let folder: TemporaryFolder
    private let cache: AnswerCacheFolder
    private let now = Timestamp("2026-03-15T08:00:00Z")!

    init() throws {
        folder = try TemporaryFolder()
        cache = AnswerCacheFolder(
            folder: folder.path + "/cache", fileSystem: LocalFileSystem(), hashing: SystemHashing(),
            randomness: SystemRandomness())
    }

    private func question(
        endpoint: String = "https://ce.us-east-1.amazonaws.com", partition: String = "aws",
        account: String = "111111111111", operation: String = "ce:GetCostAndUsage", body: String = "{}"
    ) -> PaidQuestion {
        PaidQuestion(
            endpoint: endpoint, partition: partition, account: account, operation: operation, body: Data(body.utf8))
    }

    private func listing(_ question: PaidQuestion, _ text: String = "answer", isClosed: Bool = true) -> CachedListing {
        CachedListing(
            question: question,
            pages: [
                .init(
                    body: question.body,
                    answer: RememberedAnswer(
                        operation: question.operation, requestID: "r-1", receivedAt: now, body: Data(text.utf8)))
            ], validity: isClosed ? .forGood : .estimated)
    }

    /// The one file that was written.
    private var entry: String {
        get throws {
            let disk = LocalFileSystem()
            let answers = folder.path + "/cache/answers"
            let question = try #require(try disk.list(answers).first)
            let name = try #require(try disk.list("\(answers)/\(question)").first)
            return "\(answers)/\(question)/\(name)"
        }
    }

    @Test func `gives back what was kept, to the byte, and to its owner alone`() throws {
        let kept = listing(question())
        cache.keep(kept)
        #expect(cache.listing(of: question(), at: now) == kept)
        #expect(try LocalFileSystem().permissions(of: try entry) == 0o600)
    }

    @Test func `whatever changes the answer changes the entry`() {
        cache.keep(listing(question()))
        for other in [
            question(endpoint: "http://127.0.0.1:5000"), question(partition: "aws-cn"),
            question(account: "222222222222"), question(operation: "ce:GetCostForecast"), question(body: "{ }"),
        ] {
            #expect(cache.listing(of: other, at: now) == nil)
            cache.keep(listing(other, "other"))
        }
        #expect(cache.listing(of: question(), at: now) == listing(question()))
    }

    @Test func `an answer that may change is used for eight hours, and one from the future not at all`() {
        cache.keep(listing(question(), isClosed: false))
        #expect(cache.listing(of: question(), at: now.adding(seconds: 8 * 3600 - 1)) != nil)
        #expect(cache.listing(of: question(), at: now.adding(seconds: 8 * 3600)) == nil)
        #expect(cache.listing(of: question(), at: now.adding(seconds: -1)) == nil)
    }

    @Test func `a damaged or torn entry is none, wherever the damage is, and is replaced`() throws {
        cache.keep(listing(question()))
        let disk = LocalFileSystem()
        let path = try entry
        let bytes = try disk.read(path)
        for position in stride(from: 0, to: bytes.count, by: 7) {
            var damaged = bytes
            damaged[position] ^= 1
            try disk.write(damaged, to: path)
            #expect(cache.listing(of: question(), at: now) == nil, "byte \(position)")
            try disk.write(Data(bytes.prefix(position)), to: path)
            #expect(cache.listing(of: question(), at: now) == nil, "cut at \(position)")
        }
        cache.keep(listing(question()))
        #expect(cache.listing(of: question(), at: now) != nil)
    }

    @Test func `an entry put under another question's name answers nothing`() throws {
        cache.keep(listing(question()))
        let bytes = try LocalFileSystem().read(try entry)
        let path = try entry
        cache.keep(listing(question(), "newer"))
        #expect(try LocalFileSystem().read(path) != bytes)
        let foreign = AnswerCacheFolder(
            folder: folder.path + "/other", fileSystem: LocalFileSystem(), hashing: SystemHashing(),
            randomness: SystemRandomness())
        foreign.keep(listing(question(account: "222222222222")))
        let disk = LocalFileSystem()
        let answers = folder.path + "/other/answers"
        let name = try #require(try disk.list(answers).first)
        let file = try #require(try disk.list("\(answers)/\(name)").first)
        try disk.write(try disk.read("\(answers)/\(name)/\(file)"), to: path)
        #expect(cache.listing(of: question(), at: now) == nil)
    }

    @Test func `a plan finds every caller's answer to a question`() {
        for account in ["222222222222", "111111111111"] { cache.keep(listing(question(account: account))) }
        let found = cache.listings(operation: "ce:GetCostAndUsage", body: Data("{}".utf8), at: now)
        #expect(Set(found.map(\.question.account)) == ["111111111111", "222222222222"])
        #expect(cache.listings(operation: "ce:GetCostForecast", body: Data("{}".utf8), at: now).isEmpty)
    }

    @Test func `a disk that refuses is told and stops nothing`() async throws {
        let told = Told()
        let full = AnswerCacheFolder(
            folder: folder.path + "/cache",
            fileSystem: TroubledDisk.refusing(on: LocalFileSystem()) { _, path in
                path.hasSuffix(".partial") ? "ENOSPC" : nil
            }, hashing: SystemHashing(), randomness: SystemRandomness(), onTrouble: { told.note($0.code) })
        full.keep(listing(question()))
        #expect(told.codes == ["ENOSPC"])
        #expect(full.listing(of: question(), at: now) == nil)
    }

    @Test(arguments: [
        (["XDG_CACHE_HOME": "/var/c"], "/var/c/finops-monthly"), ([:], "/home/ann/.cache/finops-monthly"),
        (["XDG_CACHE_HOME": "relative"], "/home/ann/.cache/finops-monthly"),
    ])
    func `lies where the user keeps caches`(environment: [String: String], path: String) {
        #expect(AnswerCacheFolder.defaultFolder(environment: environment, homeDirectory: "/home/ann") == path)
    }
}

private final class Told: @unchecked Sendable {
    private let lock = NSLock()
    private var noted: [String] = []

    var codes: [String] { lock.withLock { noted } }
    func note(_ code: String) { lock.withLock { noted.append(code) } }
}

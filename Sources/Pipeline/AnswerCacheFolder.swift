public import FinOps
public import Foundation

/// Paid answers in a folder of the user's cache, one file for each question and caller: `answers/QUESTION/CALLER.json`, both
/// by digest. The first line of a file is the digest of the rest, so that a torn or altered entry is seen and asked anew;
/// for the same reason nothing is synchronised. Files are for their owner alone: they hold a month's costs.
public struct AnswerCacheFolder: AnswerCache {
    let folder: String
    let fileSystem: any FileSystem
    let hashing: any Hashing
    let randomness: any Randomness
    /// Told when an entry could not be written; the run goes on without.
    let onTrouble: @Sendable (any ExplainedError) -> Void

    /// Part of every name: entries of another layout are not found.
    static let format = "1"

    public init(
        folder: String, fileSystem: any FileSystem, hashing: any Hashing, randomness: any Randomness,
        onTrouble: @escaping @Sendable (any ExplainedError) -> Void = { _ in }
    ) {
        self.folder = folder
        self.fileSystem = fileSystem
        self.hashing = hashing
        self.randomness = randomness
        self.onTrouble = onTrouble
    }

    /// `$XDG_CACHE_HOME/finops-monthly`, else `~/.cache/finops-monthly`. A relative path in the variable is ignored, as the
    /// XDG specification wants it.
    public static func defaultFolder(environment: [String: String], homeDirectory: String) -> String {
        let named = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (named ?? homeDirectory + "/.cache") + "/finops-monthly"
    }

    public func listing(of question: PaidQuestion, at now: Timestamp) -> CachedListing? {
        guard let listing = read(path(of: question)), listing.question == question, listing.isUsable(at: now) else {
            return nil
        }
        return listing
    }

    /// Every usable answer to a question, whoever asked it and wherever: what a plan can say without signing in.
    public func listings(operation: String, body: Data, at now: Timestamp) -> [CachedListing] {
        let folder = folder(operation: operation, body: body)
        let names = (try? fileSystem.list(folder)) ?? []
        return names.filter { $0.hasSuffix(".json") }.compactMap { read(folder + "/" + $0) }
            .filter { $0.question.operation == operation && $0.question.body == body && $0.isUsable(at: now) }
    }

    public func keep(_ listing: CachedListing) {
        let path = path(of: listing.question)
        let suffix = randomness.bytes(4).map { String($0, radix: 16) }.joined()
        let aside = "\(path).\(suffix).partial"
        do {
            let text = try JSONText.line(listing)
            try fileSystem.makeDirectory(
                folder(operation: listing.question.operation, body: listing.question.body))
            try fileSystem.write(Data("\(hashing.sha256(text))\n".utf8) + text, to: aside, mode: 0o600)
            try fileSystem.rename(aside, to: path)
        } catch {
            try? fileSystem.remove(aside)
            if let explained = error as? any ExplainedError { onTrouble(explained) }
        }
    }

    private func read(_ path: String) -> CachedListing? {
        guard let bytes = try? fileSystem.read(path), let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
            return nil
        }
        let text = Data(bytes[bytes.index(after: end)...])
        guard Data("\(hashing.sha256(text))".utf8) == Data(bytes[..<end]) else { return nil }
        return try? JSONText.decode(CachedListing.self, from: text)
    }

    private func folder(operation: String, body: Data) -> String {
        let question = hashing.sha256(Data("\(Self.format)\n\(RunEngine.version)\n\(operation)\n".utf8) + body)
        return "\(folder)/answers/\(question)"
    }

    private func path(of question: PaidQuestion) -> String {
        let caller = hashing.sha256(Data("\(question.endpoint)\n\(question.partition)\n\(question.account)".utf8))
        return "\(folder(operation: question.operation, body: question.body))/\(caller).json"
    }
}

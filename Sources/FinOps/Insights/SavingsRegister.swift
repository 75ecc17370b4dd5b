public import Foundation

/// What people did about recommendations: a list they keep themselves, because AWS forgets an advice as soon as it is
/// followed.
public struct SavingsRegister: Hashable, Codable, Sendable {
    /// How far a saving has come; each stage includes the ones before it.
    public enum Stage: String, Hashable, Codable, Sendable, CaseIterable {
        case identified, approved, done
        /// Seen on the bill, not only claimed.
        case verified
    }

    public struct Entry: Hashable, Codable, Sendable {
        public let recommendationID: String
        public let stage: Stage
        /// What is or was expected; nil takes AWS's estimate while the advice is open.
        public let monthlySavings: Money?

        public init(recommendationID: String, stage: Stage, monthlySavings: Money?) {
            self.recommendationID = recommendationID
            self.stage = stage
            self.monthlySavings = monthlySavings
        }
    }

    /// The file's own name, without its folder.
    public let fileName: String
    /// Of the very bytes that were read.
    public let sha256: Digest
    public let entries: [Entry]

    public init(fileName: String, sha256: Digest, entries: [Entry]) {
        self.fileName = fileName
        self.sha256 = sha256
        self.entries = entries
    }
}

/// Reads a register: CSV with the columns `recommendation_id` and `state`, and perhaps `monthly_savings` in US dollars. More
/// columns are the reader's own.
public struct SavingsRegisterReader {
    private let file: String

    public init(file: String) {
        self.file = file
    }

    /// Throws `InputError`.
    public func read(_ bytes: Data, hashing: any Hashing) throws -> SavingsRegister {
        let table = try SettingTable(bytes, file: file, setting: "savings", columns: ["recommendation_id", "state"])
        var seen: Set<String> = []
        let entries = try table.rows.map { row in
            let id = row["recommendation_id"] ?? ""
            guard !id.isEmpty else { throw row.refused("has no recommendation_id") }
            guard seen.insert(id).inserted else { throw row.refused("names recommendation \(id) a second time") }
            guard let stage = SavingsRegister.Stage(rawValue: row["state"] ?? "") else {
                let known = SavingsRegister.Stage.allCases.map(\.rawValue).joined(separator: ", ")
                throw row.refused("has the state `\(row["state"] ?? "")`, which is none of \(known)")
            }
            let text = row["monthly_savings"] ?? ""
            guard let savings = ExactDecimal(text.isEmpty ? "0" : text), !savings.isNegative else {
                throw row.refused("has `\(text)` as monthly_savings, which is not an amount such as 96.00")
            }
            return SavingsRegister.Entry(
                recommendationID: id, stage: stage, monthlySavings: text.isEmpty ? nil : Money(savings, .usd))
        }
        return SavingsRegister(
            fileName: String(file.split(separator: "/").last ?? ""), sha256: hashing.sha256(bytes), entries: entries)
    }
}

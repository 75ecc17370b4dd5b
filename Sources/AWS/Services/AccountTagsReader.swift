import FinOps
import Foundation

/// Tags of accounts: `organizations:ListTagsForResource`, one question an account, as fast as the rate limit lets them go.
struct AccountTagsReader {
    let caller: any AWSCaller

    func tags(of accounts: [String]) async throws -> AccountTags {
        var found: [String: [String: String]] = [:]
        var troubles: [Trouble] = []
        // Whoever may not read the tags of one account may not read those of the others: one refusal is enough.
        for batch in [accounts.prefix(1), accounts.dropFirst()] where troubles.isEmpty {
            for (account, tags) in try await observations(of: Array(batch)) {
                switch tags {
                case .known(let tags): found[account] = tags
                case .unknown(let trouble): troubles.append(trouble)
                }
            }
        }
        return AccountTags(
            byAccount: found, trouble: troubles.first.map { Self.summary(of: $0, count: accounts.count - found.count) })
    }

    private func observations(of accounts: [String]) async throws -> [(String, Observation<[String: String]>)] {
        try await withThrowingTaskGroup(of: (Int, Observation<[String: String]>).self) { group in
            for (index, account) in accounts.enumerated() {
                group.addTask {
                    do {
                        return (index, .known(try await self.tags(of: account)))
                    } catch let trouble as Trouble {
                        return (index, .unknown(trouble))
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }
                .map { (accounts[$0.0], $0.1) }
        }
    }

    private func tags(of account: String) async throws -> [String: String] {
        let body: RequestJSON = ["ResourceId": .text(account)]
        let pages = try await Paging.drain(.listTagsForResource, token: \TagPage.NextToken) { token in
            try await caller.call(
                .listTagsForResource, body: body.adding("NextToken", token).data,
                decode: AnswerJSON.decoder(TagPage.self))
        }
        return Dictionary(pages.flatMap(\.value.Tags).map { ($0.Key, $0.Value) }) { $1 }
    }

    private static func summary(of trouble: Trouble, count: Int) -> Trouble {
        Trouble(
            trouble.kind, code: trouble.code,
            message: "the tags of \(count) account\(count == 1 ? "" : "s") could not be read: \(trouble.message)",
            operation: trouble.operation, requestID: trouble.requestID, hint: trouble.hint)
    }
}

/// A page may be empty, but it has a list.
private struct TagPage: Decodable, Sendable {
    let Tags: [Tag]
    let NextToken: String?

    struct Tag: Decodable, Sendable {
        let Key: String
        let Value: String
    }
}

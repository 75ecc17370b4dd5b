import FinOps
import Foundation

/// Follows tokens to the end. Only a missing, null or empty token ends a listing; an empty page does not. A token that comes
/// again would go round for ever and is trouble.
enum Paging {
    static let pageLimit = 1_000

    static func drain<Page: Sendable>(
        _ operation: ReadOperation, token: (Page) -> String?,
        page: (_ token: String?) async throws -> ServiceAnswer<Page>
    ) async throws -> [ServiceAnswer<Page>] {
        try await drain(operation.rawValue, token: token, page: page)
    }

    static func drain<Page: Sendable>(
        _ operation: String, token: (Page) -> String?,
        page: (_ token: String?) async throws -> ServiceAnswer<Page>
    ) async throws -> [ServiceAnswer<Page>] {
        var pages: [ServiceAnswer<Page>] = []
        var seen: Set<String> = []
        var next: String?
        repeat {
            let answer = try await page(next)
            pages.append(answer)
            next = token(answer.value).flatMap { $0.isEmpty ? nil : $0 }
            if let next, !seen.insert(next).inserted {
                throw trouble(
                    operation, answer.requestID, "RepeatedToken", "page \(pages.count) repeats an earlier token")
            }
            if pages.count >= pageLimit, next != nil {
                throw trouble(operation, answer.requestID, "TooManyPages", "no end after \(pageLimit) pages")
            }
        } while next != nil
        return pages
    }

    private static func trouble(
        _ operation: String, _ requestID: String?, _ code: String, _ message: String
    ) -> Trouble {
        Trouble(.inconsistent, code: code, message: message, operation: operation, requestID: requestID)
    }
}

extension QueryRecord {
    /// What was asked and what came, page by page. `body` is the question without a token.
    init<Element>(
        id: String, _ operation: ReadOperation, body: Data, pages: [ServiceAnswer<Element>], rows: Int,
        hashing: any Hashing
    ) {
        self.init(
            id: id, operation: operation.rawValue, parameters: String(decoding: body, as: UTF8.self),
            parametersSHA256: hashing.sha256(body),
            pages: pages.map {
                Page(
                    requestID: $0.requestID, receivedAt: $0.receivedAt, bodySHA256: hashing.sha256($0.body),
                    bytes: $0.body.count, isFromCache: $0.isFromCache)
            }, rows: rows)
    }

}

import Evidence
import Foundation
import TestSupport

/// Brings the query to a local authority over HTTP.
struct LoopbackAuthority: TimestampAuthority {
    let url: String

    var name: String { url }

    func answer(_ query: Data) async throws(AuthoritySilence) -> Data {
        do {
            return try await StampAuthority.answer(to: query, at: url)
        } catch {
            throw AuthoritySilence("\(error)")
        }
    }
}

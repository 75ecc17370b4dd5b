import Evidence
import Foundation
import HTTP

/// A time-stamping authority behind a URL: one POST, one answer, nothing believed.
struct HTTPTimestampAuthority: TimestampAuthority {
    let url: String
    let http: any HTTPSending

    /// Authorities answer in well under a second. Nobody waits longer for what can be made up for.
    static let deadlineSeconds = 15.0

    var name: String { url }

    func answer(_ query: Data) async throws(AuthoritySilence) -> Data {
        let request = HTTPRequest(
            method: "POST", url: url,
            headers: ["Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"],
            body: query, deadlineSeconds: Self.deadlineSeconds)
        let response: HTTPResponse
        do {
            response = try await http.send(request)
        } catch let error as HTTPError {
            throw AuthoritySilence(error.message)
        } catch {
            throw AuthoritySilence("\(error)")
        }
        guard response.status == 200 else { throw AuthoritySilence("it answered with HTTP status \(response.status)") }
        return response.body
    }
}

extension Settings {
    /// The authorities in force, and the client they share, which the caller shuts down. Stamps are small: whatever is larger
    /// is cut off while it arrives.
    func timestampAuthorities(environment: [String: String]) throws -> TimestampAuthorities {
        let urls = try list(.timestampAuthorities, as: "an http or https URL without a password") { text in
            let components = URLComponents(string: text)
            let isPlain = components?.user == nil && components?.password == nil && components?.host?.isEmpty == false
            return isPlain && ["http", "https"].contains(components?.scheme) ? text : nil
        }
        var settings = HTTPSettings(environment: environment)
        settings.responseLimitBytes = 64 << 10
        let http = try HTTPClient(settings)
        return TimestampAuthorities(all: urls.map { HTTPTimestampAuthority(url: $0, http: http) }, http: http)
    }
}

struct TimestampAuthorities {
    let all: [HTTPTimestampAuthority]
    let http: HTTPClient
}

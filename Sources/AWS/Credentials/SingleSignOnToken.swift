import FinOps
import Foundation

/// What `aws sso login` leaves in `~/.aws/sso/cache`, as far as it is used here.
struct SingleSignOnToken: Sendable {
    let accessToken: String
    let expiresAt: Timestamp
    /// What renewing needs; nil where the file lacks a part of it (the older form has none).
    let renewal: Renewal?
    /// The whole file: members of other tools survive a renewal.
    private let file: Data

    struct Renewal: Hashable, Sendable {
        let clientID: String
        let clientSecret: String
        let refreshToken: String
        let registrationExpiresAt: Timestamp
    }

    private struct Members: Decodable {
        let accessToken: String
        let expiresAt: String
        let clientId: String?
        let clientSecret: String?
        let refreshToken: String?
        let registrationExpiresAt: String?
    }

    struct Unusable: Error {}

    init(parsing text: String) throws {
        file = Data(text.utf8)
        let members = try JSONDecoder().decode(Members.self, from: file)
        guard let end = Timestamp(iso8601: members.expiresAt), !members.accessToken.isEmpty else { throw Unusable() }
        accessToken = members.accessToken
        expiresAt = end
        if let id = members.clientId, let secret = members.clientSecret, let refresh = members.refreshToken,
            let registered = members.registrationExpiresAt.flatMap({ Timestamp(iso8601: $0) })
        {
            renewal = Renewal(
                clientID: id, clientSecret: secret, refreshToken: refresh, registrationExpiresAt: registered)
        } else {
            renewal = nil
        }
    }

    /// The text of the file after a renewal.
    func text(renewedBy answer: SingleSignOnRenewal, now: Timestamp) throws -> String {
        guard var members = try JSONSerialization.jsonObject(with: file) as? [String: Any] else { throw Unusable() }
        members["accessToken"] = answer.accessToken
        members["expiresAt"] = now.adding(seconds: answer.expiresIn).description
        if let refreshToken = answer.refreshToken { members["refreshToken"] = refreshToken }
        let bytes = try JSONSerialization.data(
            withJSONObject: members, options: [.sortedKeys, .withoutEscapingSlashes])
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The answer of `sso-oidc:CreateToken`.
struct SingleSignOnRenewal: Decodable, Sendable {
    let accessToken: String
    /// Seconds.
    let expiresIn: Int
    let refreshToken: String?
}

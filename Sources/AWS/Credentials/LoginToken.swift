import FinOps
import Foundation

/// What `aws login` leaves in `~/.aws/login/cache`, as far as it is used here.
struct LoginToken: Sendable {
    let credentials: Credentials
    let expiresAt: Timestamp
    /// What renewing needs; nil where the file lacks a part of it.
    let renewal: Renewal?
    /// The whole file: members of other tools survive a renewal.
    private let file: Data

    struct Renewal: Hashable, Sendable {
        let clientID: String
        let refreshToken: String
        /// PEM. Proves that the renewal comes from where the sign-in was made.
        let privateKey: String
    }

    private struct Members: Decodable {
        let accessToken: Keys
        let clientId: String?
        let refreshToken: String?
        let dpopKey: String?

        struct Keys: Decodable {
            let accessKeyId: String
            let secretAccessKey: String
            let sessionToken: String
            let expiresAt: String
        }
    }

    struct Unusable: Error {}

    init(parsing text: String) throws {
        file = Data(text.utf8)
        let members = try JSONDecoder().decode(Members.self, from: file)
        let keys = members.accessToken
        guard let end = Timestamp(iso8601: keys.expiresAt), !keys.accessKeyId.isEmpty, !keys.secretAccessKey.isEmpty
        else { throw Unusable() }
        expiresAt = end
        credentials = Credentials(
            accessKeyID: keys.accessKeyId, secretAccessKey: keys.secretAccessKey, sessionToken: keys.sessionToken,
            expiration: end)
        if let id = members.clientId, let refresh = members.refreshToken, let key = members.dpopKey {
            renewal = Renewal(clientID: id, refreshToken: refresh, privateKey: key)
        } else {
            renewal = nil
        }
    }

    /// The text of the file after a renewal.
    func text(renewedBy answer: LoginRenewal, now: Timestamp) throws -> String {
        guard var members = try JSONSerialization.jsonObject(with: file) as? [String: Any],
            var keys = members["accessToken"] as? [String: Any]
        else { throw Unusable() }
        keys["accessKeyId"] = answer.accessToken.accessKeyId
        keys["secretAccessKey"] = answer.accessToken.secretAccessKey
        keys["sessionToken"] = answer.accessToken.sessionToken
        keys["expiresAt"] = now.adding(seconds: answer.expiresIn).description
        members["accessToken"] = keys
        members["refreshToken"] = answer.refreshToken
        let bytes = try JSONSerialization.data(
            withJSONObject: members, options: [.sortedKeys, .withoutEscapingSlashes])
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The answer of `signin:CreateOAuth2Token`.
struct LoginRenewal: Decodable, Sendable {
    let accessToken: Keys
    /// Seconds, at most 900.
    let expiresIn: Int
    let refreshToken: String

    struct Keys: Decodable, Sendable {
        let accessKeyId: String
        let secretAccessKey: String
        let sessionToken: String
    }
}

import FinOps
import Foundation

/// Keys as containers and EC2 hand them out.
struct LinkLocalKeys: Sendable {
    let credentials: Credentials

    struct Incomplete: Error {}

    init(parsing body: Data) throws {
        let answer = try JSONDecoder().decode(Answer.self, from: body)
        guard !answer.AccessKeyId.isEmpty, !answer.SecretAccessKey.isEmpty, !answer.Token.isEmpty,
            let end = Timestamp(iso8601: answer.Expiration)
        else { throw Incomplete() }
        credentials = Credentials(
            accessKeyID: answer.AccessKeyId, secretAccessKey: answer.SecretAccessKey, sessionToken: answer.Token,
            expiration: end)
    }

    /// AWS's names.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    private struct Answer: Decodable {
        let AccessKeyId: String
        let SecretAccessKey: String
        let Token: String
        let Expiration: String
    }
}

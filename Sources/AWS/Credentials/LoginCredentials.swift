import FinOps
import Foundation
import OpenSSL

/// Keys that `aws login` fetched. They last a quarter of an hour and only that command renews them: it holds the key that
/// proves possession, so this tool uses what it finds and says what to run when it is over.
struct LoginCredentials: CredentialProvider {
    let request: CredentialPlan.LoginRequest
    let files: SettingsFiles
    let clock: any FinOps.Clock

    func credentials() async throws -> Credentials {
        guard let text = try files.text(request.cachePath) else {
            throw trouble("LoginMissing", "nobody has signed in for profile \(request.profile)")
        }
        guard let keys = try? JSONDecoder().decode(Cache.self, from: Data(text.utf8)).accessToken,
            let end = Timestamp(iso8601: keys.expiresAt), !keys.accessKeyId.isEmpty, !keys.secretAccessKey.isEmpty
        else { throw trouble("LoginUnusable", "\(request.cachePath) is not what `aws login` writes") }
        guard end > clock.now() else {
            throw trouble(
                "LoginExpired", "the keys `aws login` left for profile \(request.profile) ended at \(end)")
        }
        return Credentials(
            accessKeyID: keys.accessKeyId, secretAccessKey: keys.secretAccessKey, sessionToken: keys.sessionToken,
            expiration: end)
    }

    /// `AWS_LOGIN_CACHE_DIRECTORY`, or `~/.aws/login/cache`; the name is the SHA-256 of the session.
    static func cachePath(session: String, environment: [String: String], homeDirectory: String) -> String {
        let folder =
            environment["AWS_LOGIN_CACHE_DIRECTORY"].flatMap { $0.isEmpty ? nil : $0 }
            ?? "\(homeDirectory)/.aws/login/cache"
        let digest = Digest(bytes: SHA256.digest(of: Data(session.trimmed.utf8)))!
        return "\(folder)/\(digest.hex).json"
    }

    private func trouble(_ code: String, _ message: String) -> Trouble {
        Trouble(
            .notSignedIn, code: code, message: message, operation: "signin:CreateOAuth2Token",
            hint: "run `\(request.loginCommand)`; its keys last 15 minutes, so start the month right after it")
    }

    private struct Cache: Decodable {
        struct Keys: Decodable {
            let accessKeyId: String
            let secretAccessKey: String
            let sessionToken: String
            let expiresAt: String
        }
        let accessToken: Keys
    }
}

import FinOps
import Foundation
import HTTP
import OpenSSL

/// Finds the token of a sign-in and renews it shortly before its end; the renewed one is put back for AWS's own tools.
/// Nobody is signed in from here.
struct SingleSignOnTokens: Sendable {
    /// botocore's window.
    static let renewalWindowSeconds = 15 * 60

    let request: CredentialPlan.SingleSignOnRequest
    let homeDirectory: String
    let files: SettingsFiles
    let connection: ServiceConnection

    /// Named by the session, or by the start URL in the older form.
    var path: String {
        let name = SHA1.hexDigest(of: Data((request.session ?? request.startURL).utf8))
        return "\(homeDirectory)/.aws/sso/cache/\(name).json"
    }

    /// Throws `Trouble` that names the command to run.
    func token() async throws -> SingleSignOnToken {
        let token = try cached()
        let now = connection.clock.now()
        guard token.expiresAt < now.adding(seconds: Self.renewalWindowSeconds) else { return token }
        if let renewed = try await renewed(token) { return renewed }
        guard token.expiresAt <= now else { return token }
        throw trouble(
            "SSOTokenExpired", "the single sign-on of profile \(request.profile) ended at \(token.expiresAt)")
    }

    func trouble(_ code: String, _ message: String, requestID: String? = nil) -> Trouble {
        Trouble(
            .notSignedIn, code: code, message: message, operation: "sso:GetRoleCredentials", requestID: requestID,
            hint: "run `\(request.loginCommand)`")
    }

    private func cached() throws -> SingleSignOnToken {
        guard let text = try files.text(path) else {
            throw trouble(
                "SSOTokenMissing", "nobody has signed in for profile \(request.profile): there is no \(path)")
        }
        do {
            return try SingleSignOnToken(parsing: text)
        } catch {
            throw trouble("SSOTokenUnusable", "\(path) is not what `aws sso login` writes")
        }
    }

    /// Nil when it cannot be renewed; then the old one serves to its end.
    private func renewed(_ token: SingleSignOnToken) async throws -> SingleSignOnToken? {
        let now = connection.clock.now()
        guard request.session != nil, let renewal = token.renewal, renewal.registrationExpiresAt > now else {
            return nil
        }
        let body: RequestJSON = [
            "clientId": .text(renewal.clientID), "clientSecret": .text(renewal.clientSecret),
            "grantType": "refresh_token", "refreshToken": .text(renewal.refreshToken),
        ]
        let url = try connection.requests.endpoints.signIn(.tokens, region: request.region) + "/token"
        let outcome = try await connection.exchangeUnsigned(
            "sso-oidc:CreateToken",
            HTTPRequest(
                method: "POST", url: url,
                headers: ["Content-Type": "application/json", "User-Agent": "finops-monthly"], body: body.data,
                deadlineSeconds: 30)
        ) { try JSONDecoder().decode(SingleSignOnRenewal.self, from: $0.body) }
        switch outcome {
        case .success(let answer):
            let text = try token.text(renewedBy: answer, now: now)
            // A folder that cannot be written costs the next program a renewal of its own, and us nothing.
            try? files.replace(path, text)
            return try SingleSignOnToken(parsing: text)
        case .failure:
            // A refresh token works once: somebody else may have used it a moment ago and put the new token here.
            let other = try cached()
            return other.accessToken != token.accessToken && other.expiresAt > now ? other : nil
        }
    }
}

import FinOps
import Foundation
import HTTP
import OpenSSL

/// Keys that `aws login` fetched. They last a quarter of an hour and are renewed shortly before their end, as botocore does,
/// with the key the person signed in with; what comes is put back for AWS's own tools. Nobody is signed in from here.
struct LoginCredentials: CredentialProvider {
    /// botocore's.
    static let renewalWindowSeconds = 5 * 60

    let request: CredentialPlan.LoginRequest
    let region: String
    let files: SettingsFiles
    let connection: ServiceConnection

    func credentials() async throws -> Credentials {
        let token = try cached()
        let now = connection.clock.now()
        guard token.expiresAt <= now.adding(seconds: Self.renewalWindowSeconds) else { return token.credentials }
        do {
            return try await renewed(token).credentials
        } catch let trouble as Trouble {
            // Renewing early is a courtesy: what still holds serves to its end.
            guard token.expiresAt <= now else { return token.credentials }
            throw trouble
        }
    }

    /// `AWS_LOGIN_CACHE_DIRECTORY`, or `~/.aws/login/cache`; the name is the SHA-256 of the session.
    static func cachePath(session: String, environment: [String: String], homeDirectory: String) -> String {
        let folder =
            environment["AWS_LOGIN_CACHE_DIRECTORY"].flatMap { $0.isEmpty ? nil : $0 }
            ?? "\(homeDirectory)/.aws/login/cache"
        let digest = Digest(bytes: SHA256.digest(of: Data(session.trimmed.utf8)))!
        return "\(folder)/\(digest.hex).json"
    }

    private func cached() throws -> LoginToken {
        guard let text = try files.text(request.cachePath) else {
            throw trouble("LoginMissing", "nobody has signed in for profile \(request.profile)")
        }
        do {
            return try LoginToken(parsing: text)
        } catch {
            throw trouble("LoginUnusable", "\(request.cachePath) is not what `aws login` writes")
        }
    }

    private func renewed(_ token: LoginToken) async throws -> LoginToken {
        guard let renewal = token.renewal, let key = try? ECDSAPrivateKey(pem: renewal.privateKey) else {
            throw trouble(
                "LoginExpired",
                "the keys `aws login` left for profile \(request.profile) ended at \(token.expiresAt), and "
                    + "\(request.cachePath) lacks what renewing them needs")
        }
        let url = try connection.requests.endpoints.signIn(.login, region: region) + "/v1/token"
        let body: RequestJSON = [
            "clientId": .text(renewal.clientID), "grantType": "refresh_token",
            "refreshToken": .text(renewal.refreshToken),
        ]
        let now = connection.clock.now().adding(seconds: -connection.skew.correction)
        let proof = try PossessionProof(key: key).header(
            url: url, at: now, id: InvocationID(connection.randomness).text)
        let outcome = try await connection.exchangeUnsigned(
            "signin:CreateOAuth2Token",
            HTTPRequest(
                method: "POST", url: url,
                headers: ["Content-Type": "application/json", "DPoP": proof, "User-Agent": "finops-monthly"],
                body: body.data, deadlineSeconds: 30)
        ) { try JSONDecoder().decode(LoginRenewal.self, from: $0.body) }
        switch outcome {
        case .success(let answer):
            let text = try token.text(renewedBy: answer, now: connection.clock.now())
            // A folder that cannot be written costs the next program a sign-in, and us nothing.
            try? files.replace(request.cachePath, text)
            return try LoginToken(parsing: text)
        case .failure(let failure):
            // Somebody else may have renewed it a moment ago and put the new keys here.
            let other = try cached()
            if other.credentials != token.credentials, other.expiresAt > connection.clock.now() { return other }
            throw trouble(failure)
        }
    }

    private func trouble(_ failure: ServiceFailure) -> Trouble {
        let kind = failure.kind
        let isRefused = [.accessDenied, .notSignedIn, .invalidRequest].contains(kind)
        return Trouble(
            isRefused ? .notSignedIn : kind, code: failure.code,
            message:
                "the keys `aws login` left for profile \(request.profile) could not be renewed: \(failure.message)",
            operation: "signin:CreateOAuth2Token", requestID: failure.requestID,
            hint: isRefused ? "run `\(request.loginCommand)`" : nil)
    }

    private func trouble(_ code: String, _ message: String) -> Trouble {
        Trouble(
            .notSignedIn, code: code, message: message, operation: "signin:CreateOAuth2Token",
            hint: "run `\(request.loginCommand)`")
    }
}

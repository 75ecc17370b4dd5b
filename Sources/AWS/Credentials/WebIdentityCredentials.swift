import FinOps
import Foundation
import HTTP

/// Keys of a role, taken on with a token somebody else issued: Kubernetes, a build server. The question is not signed, the
/// token speaks for itself.
struct WebIdentityCredentials: CredentialProvider {
    let request: CredentialPlan.WebIdentityRequest
    let files: SettingsFiles
    let connection: ServiceConnection

    func credentials() async throws -> Credentials {
        let call = ServiceCall.assumeRoleWithWebIdentity
        let endpoint = EndpointAddress(connection.requests.endpoints[.securityToken].url)
        let body = FormBody.body(
            call,
            [
                "RoleArn": request.roleARN, "WebIdentityToken": try token(),
                "RoleSessionName": request.sessionName
                    ?? "finops-monthly-\(connection.clock.now().secondsSinceEpoch)",
            ])
        let outcome = try await connection.exchangeUnsigned(
            call.name,
            HTTPRequest(
                method: "POST", url: endpoint.url,
                headers: [
                    "Content-Type": "application/x-www-form-urlencoded; charset=utf-8", "User-Agent": "finops-monthly",
                ], body: body, deadlineSeconds: 30)
        ) { try AssumeRoleCredentials.decode($0.body) }
        switch outcome {
        case .success(let credentials): return credentials
        case .failure(let failure):
            let hint =
                failure.kind == .accessDenied
                ? "the trust policy of \(request.roleARN) must name the issuer of this token"
                : CredentialPlan.webIdentity(request).renewalHint
            throw failure.signInTrouble(call.name, hint: failure.kind == .unreachable ? nil : hint)
        }
    }

    private func token() throws -> String {
        let text = try? files.text(request.tokenFile)
        guard let token = text?.filter({ !$0.isNewline }).trimmed, !token.isEmpty else {
            throw Trouble(
                .notSignedIn, code: "WebIdentityTokenMissing",
                message: "the web identity token in \(request.tokenFile) cannot be read, or is empty",
                operation: ServiceCall.assumeRoleWithWebIdentity.name,
                hint: "AWS_WEB_IDENTITY_TOKEN_FILE, or web_identity_token_file of the profile, names the file")
        }
        return token
    }
}

import FinOps
import Foundation
import HTTP

/// Keys of an account's permission set, handed out by the access portal to whoever has signed in.
struct SingleSignOnCredentials: CredentialProvider {
    let tokens: SingleSignOnTokens
    let connection: ServiceConnection

    private var request: CredentialPlan.SingleSignOnRequest { tokens.request }
    private static let operation = "sso:GetRoleCredentials"

    func credentials() async throws -> Credentials {
        let token = try await tokens.token()
        let base = try connection.requests.endpoints.signIn(.portal, region: request.region)
        let query =
            "role_name=\(FormBody.escaped(request.roleName))&account_id=\(FormBody.escaped(request.accountID))"
        let outcome = try await connection.exchangeUnsigned(
            Self.operation,
            HTTPRequest(
                url: "\(base)/federation/credentials?\(query)",
                headers: ["x-amz-sso_bearer_token": token.accessToken, "User-Agent": "finops-monthly"],
                deadlineSeconds: 30)
        ) { try JSONDecoder().decode(Answer.self, from: $0.body).credentials() }
        switch outcome {
        case .success(let credentials): return credentials
        case .failure(let failure): throw trouble(failure)
        }
    }

    private func trouble(_ failure: ServiceFailure) -> Trouble {
        if failure.origin == .status(401) || failure.code == "UnauthorizedException" {
            return tokens.trouble(
                failure.code, "the access portal no longer accepts the sign-in of profile \(request.profile)",
                requestID: failure.requestID)
        }
        let isRefused = failure.origin == .status(403) || failure.code == "ResourceNotFoundException"
        return failure.signInTrouble(
            Self.operation, kind: isRefused ? .accessDenied : nil,
            hint: isRefused
                ? "check sso_account_id (\(request.accountID)) and sso_role_name (\(request.roleName)) of profile "
                    + "\(request.profile): the portal shows what you are assigned to at \(request.startURL)"
                : nil)
    }

    private struct Answer: Decodable {
        struct Keys: Decodable {
            let accessKeyId: String
            let secretAccessKey: String
            let sessionToken: String
            /// Milliseconds since 1970.
            let expiration: Int
        }
        let roleCredentials: Keys

        struct Incomplete: Error {}

        func credentials() throws -> Credentials {
            let keys = roleCredentials
            guard !keys.accessKeyId.isEmpty, !keys.secretAccessKey.isEmpty, !keys.sessionToken.isEmpty else {
                throw Incomplete()
            }
            return Credentials(
                accessKeyID: keys.accessKeyId, secretAccessKey: keys.secretAccessKey, sessionToken: keys.sessionToken,
                expiration: Timestamp(secondsSinceEpoch: keys.expiration / 1000))
        }
    }
}

import FinOps
import Foundation

/// The access portal and its token endpoint: renews a sign-in and hands out keys of the estate's accounts to whoever holds
/// one. Neither is asked with a signature; the token speaks for itself.
actor SingleSignOnService {
    /// How long an access token lasts, in seconds.
    static let tokenSeconds = 3600

    private let keys: SandboxKeyRing
    private let estate: SampleEstate
    private let client: SandboxSignIn
    private var accessTokens: Set<String>
    /// Works once; each renewal hands out the next.
    private var refreshToken: String
    private var renewals = 0

    init(keys: SandboxKeyRing, estate: SampleEstate, signIn: SandboxSignIn) {
        self.keys = keys
        self.estate = estate
        client = signIn
        accessTokens = [signIn.accessToken]
        refreshToken = signIn.refreshToken
    }

    func answer(_ request: SandboxRequest, _ received: ReceivedRequest, now: Timestamp) async throws -> SandboxAnswer {
        switch "\(request.service):\(request.operation)" {
        case "sso:GetRoleCredentials": try await roleCredentials(received, now)
        case "sso-oidc:CreateToken": try createToken(request)
        default: throw ServiceError.unknownOperation("\(request.service):\(request.operation)")
        }
    }

    private func roleCredentials(_ received: ReceivedRequest, _ now: Timestamp) async throws -> SandboxAnswer {
        guard let token = received.headers["x-amz-sso_bearer_token"], accessTokens.contains(token) else {
            throw ServiceError(
                code: "UnauthorizedException", message: "Session token not found or invalid", status: 401)
        }
        let query = FormFields.decode(received.rawQuery)
        guard let account = query["account_id"], let role = query["role_name"], !role.isEmpty else {
            throw ServiceError(code: "InvalidRequestException", message: "account_id and role_name are required")
        }
        guard
            let (entry, _) = await keys.assume(
                "arn:aws:iam::\(account):role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_\(role)_0123456789abcdef",
                sessionName: "ann", seconds: Self.tokenSeconds, now: now.secondsSinceEpoch)
        else { throw ServiceError(code: "ForbiddenException", message: "No access", status: 403) }
        let credentials: JSONValue = [
            "accessKeyId": .string(entry.key.accessKeyID), "secretAccessKey": .string(entry.key.secretAccessKey),
            "sessionToken": .string(entry.key.sessionToken ?? ""),
            "expiration": .integer((now.secondsSinceEpoch + Self.tokenSeconds) * 1000),
        ]
        return .rest(["roleCredentials": credentials])
    }

    private func createToken(_ request: SandboxRequest) throws -> SandboxAnswer {
        let parameters = try request.parameters(["clientId", "clientSecret", "grantType", "refreshToken", "scope"])
        guard parameters["grantType"]?.text == "refresh_token" else {
            throw ServiceError(code: "UnsupportedGrantTypeException", message: "Only refresh_token is offered here.")
        }
        guard parameters["clientId"]?.text == client.clientID, parameters["clientSecret"]?.text == client.clientSecret
        else { throw ServiceError(code: "InvalidClientException", message: "The client is not known.", status: 401) }
        guard parameters["refreshToken"]?.text == refreshToken else {
            throw ServiceError(code: "InvalidGrantException", message: "Invalid grant provided")
        }
        renewals += 1
        let access = "\(client.accessToken)-\(renewals)"
        accessTokens = [access]
        refreshToken = "\(client.refreshToken)-\(renewals)"
        return .rest([
            "accessToken": .string(access), "tokenType": "Bearer", "expiresIn": .integer(Self.tokenSeconds),
            "refreshToken": .string(refreshToken),
        ])
    }
}

extension SandboxAnswer {
    static func rest(_ value: JSONValue) -> SandboxAnswer {
        SandboxAnswer(contentType: "application/json", body: value.bytes)
    }
}

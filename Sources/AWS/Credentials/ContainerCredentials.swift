import FinOps
import HTTP

/// Keys of a task or a pod, asked of an address on this machine or link.
struct ContainerCredentials: CredentialProvider {
    let endpoint: ContainerEndpoint
    let files: SettingsFiles
    let connection: ServiceConnection

    private static let operation = "container:GetCredentials"

    func credentials() async throws -> Credentials {
        var headers: HTTPHeaders = ["Accept": "application/json", "User-Agent": "finops-monthly"]
        headers["Authorization"] = try authorization()
        let outcome = try await connection.exchangeUnsigned(
            Self.operation,
            HTTPRequest(url: endpoint.url, headers: headers, deadlineSeconds: 1, isDirect: true), attempts: 3
        ) { try LinkLocalKeys(parsing: $0.body).credentials }
        switch outcome {
        case .success(let credentials): return credentials
        case .failure(let failure):
            throw Trouble(
                .notSignedIn, code: failure.code,
                message: "the container's endpoint \(endpoint.shownURL) gave no keys: \(failure.message)",
                operation: Self.operation, hint: "does the task or the pod have a role?")
        }
    }

    /// Read anew every time: the platform rewrites the file.
    private func authorization() throws -> String? {
        let text: String?
        if let path = endpoint.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"], !path.isEmpty {
            guard let content = try files.text(path) else {
                throw InputError(
                    "unreadable_token_file", "\(path) does not exist",
                    hint: "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names it")
            }
            text = content
        } else {
            text = endpoint.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
        }
        guard let text, !text.isEmpty else { return nil }
        guard !text.utf8.contains(10), !text.utf8.contains(13) else {
            throw InputError(
                "invalid_container_token", "the container's authorization token has more than one line",
                hint: "AWS_CONTAINER_AUTHORIZATION_TOKEN or its file must hold one line without a line break")
        }
        return text
    }
}

import FinOps

/// Keys written under a profile. The files are read anew each time, so that keys renewed in mid-run are found.
struct SharedFileCredentials: CredentialProvider {
    let profile: String
    let path: String
    let load: @Sendable () throws -> SharedConfiguration

    func credentials() async throws -> Credentials {
        let configuration = try load()
        let section = try configuration.profile(profile)
        let values = path == configuration.credentialsPath ? section.credentials : section.config
        guard let id = values["aws_access_key_id"], !id.isEmpty, let secret = section["aws_secret_access_key"] else {
            throw InputError(
                "half_credentials", "profile \(profile) in \(path) has an access key id without its secret",
                hint: "set aws_access_key_id and aws_secret_access_key")
        }
        return Credentials(
            accessKeyID: id, secretAccessKey: secret,
            sessionToken: section["aws_session_token"] ?? section["aws_security_token"])
    }
}

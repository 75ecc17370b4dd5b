import FinOps

/// Stands where no keys were found, so that the gate for sign-in can say so instead of the program.
struct NoCredentials: CredentialProvider {
    let lookedAt: [String]
    let profile: String

    func credentials() async throws -> Credentials { throw trouble }

    var trouble: Trouble {
        let name = ShellWords.quoted(profile)
        return Trouble(
            .notSignedIn, code: "NoCredentials",
            message: "no keys were found; looked at " + lookedAt.joined(separator: ", then at "),
            operation: "sts:GetCallerIdentity",
            hint: "run `aws configure sso --profile \(name)` or `aws configure --profile \(name)`, or set "
                + "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
    }
}

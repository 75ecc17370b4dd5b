/// One way to come by keys. Asked again, it looks again: a file may have been rewritten since.
protocol CredentialProvider: Sendable {
    /// Throws `InputError` for what a person must mend, `Trouble` for what AWS refused.
    func credentials() async throws -> Credentials
}

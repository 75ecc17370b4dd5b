import AWS
import Evidence
import FinOps
import HTTP
import Pipeline

extension GlobalOptions {
    /// AWS through a profile for the length of `body`, outside a run: nothing is remembered, nothing kept. Throws `InputError`.
    func withCloud<Value>(
        _ settings: Settings, profile: String?, _ body: (AWSServices) async throws -> Value
    ) async throws -> Value {
        let http = try HTTPClient(HTTPSettings(environment: environment))
        defer { http.shutdown() }
        let terminal = ControllingTerminal(noInput: noInput, format: format, environment: environment)
        return try await body(
            try await AWSServices.live(
                profile: profile, environment: environment, homeDirectory: homeDirectory, http: http,
                clock: SystemClock(), randomness: SystemRandomness(), memo: ForgetfulMemo(), hashing: SystemHashing(),
                rateLimits: try settings.rateLimits(),
                aids: SignInAids(processes: SubprocessRunner(), askPerson: terminal?.askSecret)))
    }
}

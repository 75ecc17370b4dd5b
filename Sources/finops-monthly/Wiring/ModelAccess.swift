import AWS
import Evidence
import FinOps
import Foundation
import HTTP
import LanguageModels

extension GlobalOptions {
    /// The model that is configured; nil when there is none. Reads no key and sends nothing before it is asked.
    func model(_ settings: Settings, profile: String? = nil) async throws -> ModelClient? {
        let isBedrock = settings[.interpreter]?.text.hasPrefix("bedrock=") == true
        let http = try HTTPClient(HTTPSettings(environment: environment))
        let access = isBedrock ? try await signingAccess(profile: profile, http: http) : nil
        guard let chosen = try settings.interpreter(region: access?.region) else { return nil }
        return try ModelClient(
            chosen.model, http: http, clock: SystemClock(),
            key: { [environment] in try await chosen.key?.read(environment) },
            bedrock: access.map { access in
                BedrockAccess(region: access.region) { try await access.credentials() }
            })
    }

    /// For commands that are about nothing but the model. The profile is Bedrock's; nil is the default one.
    func demandedModel(_ settings: Settings, profile: String? = nil) async throws -> ModelClient {
        guard let model = try await model(settings, profile: profile) else {
            throw InputError(
                "no_model", "no language model is configured",
                hint:
                    "set `interpreter`, for example `interpreter: ollama=llama3.2`, and `interpreter_key` where one is "
                    + "needed; docs/models.md names them all")
        }
        return model
    }

    private func signingAccess(profile: String?, http: HTTPClient) async throws -> SigningAccess {
        try await AWSServices.live(
            profile: profile, environment: environment, homeDirectory: homeDirectory, http: http, clock: SystemClock(),
            randomness: SystemRandomness(), memo: ForgetfulMemo(), hashing: SystemHashing(),
            aids: SignInAids(processes: SubprocessRunner())
        ).signing
    }
}

import AWS
import Evidence
import FinOps
import Foundation
import HTTP
import OpenSSL

/// A key in AWS KMS, as statements are signed with it.
struct ServiceKey: SigningKey {
    let key: KeyManagementKey

    var publicKey: ECDSAPublicKey { key.publicKey }

    func sign(_ message: Data) async throws -> Data {
        try await Self.explained(key.arn) { try await key.sign(message) }
    }

    /// Signs in as the AWS CLI would, in the region the ARN names.
    static func open(_ arn: KeyARN, profile: String?, global: GlobalOptions) async throws -> ServiceKey {
        try await explained(arn) {
            let services = try await AWSServices.live(
                profile: profile, region: arn.region, environment: global.environment,
                homeDirectory: global.homeDirectory,
                http: try HTTPClient(HTTPSettings(environment: global.environment)),
                clock: SystemClock(), randomness: SystemRandomness(), memo: ForgetfulMemo(), hashing: SystemHashing(),
                aids: SignInAids(processes: SubprocessRunner()))
            return ServiceKey(key: try await services.keyManagement.key(arn))
        }
    }

    private static func explained<Value>(_ arn: KeyARN, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let trouble as Trouble {
            throw EvidenceError(
                .keyUnusable, "the key \(arn.text) cannot be used: \(trouble.message)", cause: trouble.attribution,
                hint: trouble.hint)
        }
    }
}

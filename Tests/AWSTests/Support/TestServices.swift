import FinOps
import Foundation
import HTTP

@testable import AWS

let staticKeys = ["AWS_ACCESS_KEY_ID": "AKIAEXAMPLE000000001", "AWS_SECRET_ACCESS_KEY": "secret/one"]

/// Services over any wire, with files that exist in memory only.
func services(
    _ wire: any HTTPSending, environment: [String: String] = staticKeys, profile: String? = nil,
    files: [String: String] = [:], clock: any FinOps.Clock = ManualClock(), memo: any AnswerMemo = MemoryMemo(),
    cache: (any AnswerCache)? = nil, aids: SignInAids = SignInAids()
) throws -> AWSServices {
    let settings = try ResolvedSettings(
        profile: profile, region: nil, endpointURL: nil, environment: environment, homeDirectory: "/home/ann",
        files: .memory(files))
    return AWSServices(
        settings, http: wire, clock: clock, randomness: ConstantRandomness(), memo: memo, cache: cache,
        hashing: TestHashing(), aids: aids)
}

/// The trouble that `body` ends in.
func trouble(_ body: () async throws -> some Any) async -> Trouble? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? Trouble
    }
}

/// The input error that `body` ends in.
func inputError(_ body: () throws -> some Any) -> InputError? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? InputError
    }
}

func configuration(config: String = "", credentials: String = "") throws -> SharedConfiguration {
    try SharedConfiguration.load(
        environment: [:], homeDirectory: "/home/ann",
        files: .memory(["/home/ann/.aws/config": config, "/home/ann/.aws/credentials": credentials]))
}

/// A client of the real wire for the length of `body`.
func withHTTP<Value>(
    _ settings: HTTPSettings = HTTPSettings(), _ body: (HTTPClient) async throws -> Value
) async throws -> Value {
    let client = try HTTPClient(settings)
    defer { client.shutdown() }
    return try await body(client)
}

import Dispatch
import FinOps
import Foundation
import HTTP
import OpenSSL
import SigV4
import TestSupport

@testable import LanguageModels

/// A client of each provider towards the counterpart.
enum ModelDesk {
    static let bedrockKeys = SigningCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "bedrock-secret")

    static func client(
        _ provider: ModelSettings.Provider, _ model: ModelCounterpart, key: String? = ModelCounterpart.key,
        clock: any FinOps.Clock = TestClock(), trusts: Bool = true, _ change: (inout ModelSettings) -> Void = { _ in }
    ) throws -> ModelClient {
        var http = HTTPSettings()
        if trusts { http.caBundlePath = model.bundlePath }
        var settings = ModelSettings(provider, model: "model-2026-01-01", baseURL: model.url)!
        change(&settings)
        return try ModelClient(
            settings, http: HTTPClient(http), clock: clock, key: { key },
            bedrock: BedrockAccess(region: "eu-central-1") { bedrockKeys })
    }

    static let prompt = Prompt(
        instruction: "Write English.", material: "MATERIAL\n{}", turns: [.init(.asker, "Say something.")])
}

/// Real time for deadlines; waits are noted and not waited.
final class TestClock: FinOps.Clock, @unchecked Sendable {
    private let lock = NSLock()
    private var noted: [Double] = []

    var waitsSeconds: [Double] { lock.withLock { noted } }

    func now() -> Timestamp { Timestamp(secondsSinceEpoch: Int(Date().timeIntervalSince1970)) }
    func uptimeNanoseconds() -> UInt64 { DispatchTime.now().uptimeNanoseconds }
    func sleep(nanoseconds: UInt64) async throws { lock.withLock { noted.append(Double(nanoseconds) / 1e9) } }
}

/// Pieces in the order they came.
final class Pieces: @unchecked Sendable {
    private let lock = NSLock()
    private var all: [String] = []

    func add(_ piece: String) { lock.withLock { all.append(piece) } }
    /// Nobody listens to an answer that comes as a whole.
    func listener(_ streams: Bool) -> (@Sendable (String) -> Void)? {
        guard streams else { return nil }
        return { self.add($0) }
    }
    var texts: [String] { lock.withLock { all } }
}

struct Hasher256: Hashing {
    func sha256(_ bytes: Data) -> Digest { Digest(bytes: SHA256.digest(of: bytes))! }
}

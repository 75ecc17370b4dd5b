public import FinOps
public import Foundation
import Glibc
import OpenSSL

/// Randomness from OpenSSL's generator. Stops the program when there is no entropy, since whatever it went on to make would
/// be guessable.
public struct SystemRandomness: Randomness {
    public init() {}

    public func bytes(_ count: Int) -> [UInt8] {
        do {
            return try Array(RandomBytes.generate(count))
        } catch {
            preconditionFailure(error.message)
        }
    }
}

/// SHA-256 by OpenSSL.
public struct SystemHashing: Hashing {
    public init() {}

    public func sha256(_ bytes: Data) -> Digest { Digest(of: bytes) }
}

/// The machine's own clock.
public struct SystemClock: FinOps.Clock {
    public init() {}

    public func now() -> Timestamp { Timestamp(secondsSinceEpoch: time(nil)) }

    public func uptimeNanoseconds() -> UInt64 {
        var reading = timespec()
        clock_gettime(CLOCK_MONOTONIC, &reading)
        return UInt64(reading.tv_sec) * 1_000_000_000 + UInt64(reading.tv_nsec)
    }

    public func sleep(nanoseconds: UInt64) async throws { try await Task.sleep(nanoseconds: nanoseconds) }
}

extension Digest {
    /// SHA-256 of the bytes.
    init(of bytes: Data) { self.init(bytes: SHA256.digest(of: bytes))! }
}

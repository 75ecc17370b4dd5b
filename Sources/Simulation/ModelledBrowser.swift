import FinOps
import Foundation
import TestSupport

/// A browser that takes a picture, hangs until its deadline, dies, or leaves something behind that is no picture.
final class ModelledBrowser: PageCapture, @unchecked Sendable {
    private let disk: any FileSystem
    private let clock: ModelledClock
    private var random: SeededRandom

    init(disk: any FileSystem, clock: ModelledClock, seed: UInt64) {
        (self.disk, self.clock, random) = (disk, clock, SeededRandom(state: seed))
    }

    private static let deadlineSeconds = 60

    func capture(page path: String, to target: String) async throws {
        switch random.below(5) {
        case 0:
            clock.pass(seconds: Self.deadlineSeconds)
            throw trouble("Deadline", "it was stopped after \(Self.deadlineSeconds) s")
        case 1: throw trouble("Killed", "it died")
        case 2: throw trouble("NoPicture", "it ended and wrote nothing")
        case 3: try write(Data("no picture".utf8), to: target)
        default: try write(Data(repeating: 0x89, count: 20_000), to: target)
        }
    }

    /// As a program would that has never heard of `fsync`.
    private func write(_ bytes: Data, to target: String) throws { try disk.write(bytes, to: target) }

    private func trouble(_ code: String, _ message: String) -> Trouble {
        Trouble(.unreachable, code: code, message: message, operation: "chromium")
    }
}

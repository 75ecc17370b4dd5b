import Dispatch
import Foundation

/// Ctrl-C and a polite kill end the program with 130. Nothing needs cleaning up: whatever was relied on is already
/// synchronised, and a torn last line of the journal is cut when the run is resumed.
enum Signals {
    static func endOnInterrupt() {
        // A closed pipe must not kill a run in the middle of its evidence.
        signal(SIGPIPE, SIG_IGN)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                // A terminal that hung up takes no words; that must not end this in a crash.
                let words = Array("\ninterrupted\n\nhint: `finops-monthly resume` goes on where it stopped\n".utf8)
                _ = write(STDERR_FILENO, words, words.count)
                _exit(ExitStatus.interrupted.rawValue)
            }
            source.resume()
            retained.append(source)
        }
    }

    /// Dispatch drops a source nobody holds. Written once, before any command runs.
    nonisolated(unsafe) private static var retained: [any DispatchSourceSignal] = []
}

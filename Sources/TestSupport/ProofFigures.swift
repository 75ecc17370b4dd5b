import Foundation
import Glibc

/// What the lanes of the proof went through, added up and printed as one table when the tests are over.
public enum ProofFigures {
    public typealias Figures = KeyValuePairs<String, Int>

    private static let mutex = NSLock()
    nonisolated(unsafe) private static var lanes: [Lane] = []

    private struct Lane {
        let name: String
        var figures: [(unit: String, count: Int)] = []
    }

    /// Adds to the figures of a lane, such as `["seeds": 220, "violations": 0]`.
    public static func add(_ lane: String, _ figures: Figures) {
        mutex.withLock {
            if lanes.isEmpty { atexit { ProofFigures.print() } }
            let place = lanes.firstIndex { $0.name == lane } ?? lanes.count
            if place == lanes.count { lanes.append(Lane(name: lane)) }
            for (unit, count) in figures {
                if let known = lanes[place].figures.firstIndex(where: { $0.unit == unit }) {
                    lanes[place].figures[known].count += count
                } else {
                    lanes[place].figures.append((unit, count))
                }
            }
        }
    }

    private static func print() {
        let table = mutex.withLock {
            lanes.sorted { $0.name < $1.name }.map { lane in
                let words = lane.figures.map { "\(grouped($0.count)) \($0.unit)" }
                return "  \(lane.name)\n" + wrapped(words).map { "    \($0)\n" }.joined()
            }
        }
        FileHandle.standardOutput.write(Data("\nThe proof in figures\n\(table.joined())".utf8))
    }

    /// `100,000`.
    private static func grouped(_ count: Int) -> String {
        let digits = Array(String(count).reversed())
        return String(
            stride(from: 0, to: digits.count, by: 3).map { String(digits[$0..<min($0 + 3, digits.count)]) }
                .joined(separator: ",").reversed())
    }

    /// Lines of at most 76 characters.
    private static func wrapped(_ words: [String]) -> [String] {
        words.reduce(into: []) { lines, word in
            if let last = lines.last, last.count + word.count + 2 <= 76 {
                lines[lines.count - 1] = "\(last), \(word)"
            } else {
                lines.append(word)
            }
        }
    }
}

import Foundation
import Testing

/// A whole output held against what a person has looked at. `UPDATE_GOLDEN=1` rewrites it.
enum Golden {
    static func expect(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Golden/\(name)")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try Data((text + "\n").utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text + "\n", sourceLocation: sourceLocation)
    }
}

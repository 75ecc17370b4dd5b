import Foundation
import Testing

@Suite struct `The source tree` {
    @Test func `no source file is longer than 250 lines`() throws {
        let files = SourceTree.swiftFiles(in: "Sources")
        #expect(files.count > 100)
        for path in files {
            let lines = try SourceTree.text(path).split(separator: "\n", omittingEmptySubsequences: false).count - 1
            #expect(lines <= 250, "\(path) has \(lines) lines")
        }
    }

    @Test func `file names are unique within a target`() {
        for folder in ["Sources", "Tests"] {
            let byTarget = Dictionary(grouping: SourceTree.swiftFiles(in: folder)) { $0.split(separator: "/")[1] }
            for (target, files) in byTarget {
                let names = files.compactMap { $0.split(separator: "/").last }
                let twice = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
                #expect(twice.isEmpty, "\(target): \(twice)")
            }
        }
    }

    @Test func `no tracked file names a path of somebody's machine`() throws {
        // Outside a repository (an unpacked release) nothing is tracked, and this question does not arise.
        for path in SourceTree.trackedFiles() ?? [] {
            let found = MachinePaths.found(in: try SourceTree.text(path), isSwift: path.hasSuffix(".swift"))
            #expect(found.isEmpty, "\(path): \(found.joined(separator: ", "))")
        }
    }

    @Test func `a path of a machine is found`() {
        let text = "see /wor" + "k/main/x and /roo" + "t/.aws"
        #expect(MachinePaths.found(in: text, isSwift: false).count == 2)
        #expect(MachinePaths.found(in: "let path = \"/tm" + "p/gallery\"", isSwift: true).count == 1)
        #expect(
            MachinePaths.found(in: "cd network/main; user/root; \\(root)/tmp/x; > /tmp/payload", isSwift: false).isEmpty
        )
        #expect(MachinePaths.found(in: "/home/alice/.aws/config /workloads /rooted", isSwift: false).isEmpty)
    }
}

/// Absolute paths that exist on one machine only. A throw-away file below the temporary folder is fine in a shell recipe,
/// not in Swift, which asks the system where that folder is.
enum MachinePaths {
    static func found(in text: String, isSwift: Bool) -> [String] {
        let folders = ["wor" + "k", "roo" + "t"]
        let hits = folders.flatMap { folder in
            text.ranges(of: "/\(folder)/").filter { range in
                range.lowerBound == text.startIndex || isBoundary(text[text.index(before: range.lowerBound)])
            }
            .map { String(text[$0]) }
        }
        return hits + (isSwift && text.contains("\"/tm" + "p/") ? ["/tm" + "p/"] : [])
    }

    private static func isBoundary(_ character: Character) -> Bool {
        !(character.isLetter || character.isNumber || "_-.~)}*]$".contains(character))
    }
}

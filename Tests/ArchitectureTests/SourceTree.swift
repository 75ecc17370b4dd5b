import Foundation

/// The files of this repository, read from where this test was compiled.
enum SourceTree {
    static let root = PackageDescription.root

    /// Swift files below a folder, relative to the root, sorted.
    static func swiftFiles(in folder: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: root + "/" + folder)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".swift") }.map { folder + "/" + $0 }.sorted()
    }

    static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: root + "/" + path)), as: UTF8.self)
    }

    /// What git tracks and still exists; nil outside a repository.
    static func trackedFiles() -> [String]? {
        guard let output = try? Shell.output("git", ["-C", root, "ls-files", "-z"]) else { return nil }
        return String(decoding: output, as: UTF8.self).split(separator: "\0").map(String.init)
            .filter { FileManager.default.fileExists(atPath: root + "/" + $0) }
    }
}

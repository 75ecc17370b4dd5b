import Foundation

/// The targets of this package and what each may import, as the package itself declares them.
struct PackageDescription {
    struct Target {
        let name: String
        let type: String
        let dependencies: [String]

        var isTest: Bool { type == "test" }
        var folder: String { (isTest ? "Tests/" : "Sources/") + name }
        /// As `import` spells it.
        var module: String { name.replacing("-", with: "_") }
    }

    let targets: [Target]

    func target(_ name: String) -> Target? { targets.first { $0.name == name } }

    static let root = URL(filePath: #filePath).appending(path: "../../..").standardized.path()

    /// `swift package dump-package` into a scratch folder of its own, because a running `swift test` holds the lock of the
    /// usual one.
    static func load(scratch: String) throws -> PackageDescription {
        let text = try Shell.output(
            "swift", ["package", "--package-path", root, "--scratch-path", scratch, "dump-package"])
        return try PackageDescription(dump: text)
    }

    init(targets: [Target]) { self.targets = targets }

    init(dump: Data) throws {
        guard let object = try JSONSerialization.jsonObject(with: dump) as? [String: Any],
            let targets = object["targets"] as? [[String: Any]]
        else { throw CocoaError(.coderReadCorrupt) }
        self.targets = targets.map { target in
            Target(
                name: target["name"] as? String ?? "", type: target["type"] as? String ?? "",
                dependencies: (target["dependencies"] as? [[String: Any]] ?? []).compactMap { dependency in
                    // {"byName": ["FinOps", null]} or {"product": ["Yams", "Yams", null, null]}
                    (dependency.values.first as? [Any])?.first as? String
                })
        }
    }
}

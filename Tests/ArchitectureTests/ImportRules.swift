/// Who may import whom: what a target declares, and a few rules that no declaration can lift.
struct ImportRules {
    let package: PackageDescription

    static let platformModules: Set<String> = ["Foundation", "Glibc", "Dispatch", "Synchronization"]
    /// A product may bring more modules than the one it is named after.
    static let modulesOfProduct = ["FlyingFox": ["FlyingFox", "FlyingSocks"]]
    /// Each has one door.
    static let doors = ["CCurl": "HTTP", "COpenSSL": "OpenSSL", "CXlsxWriter": "Exports"]
    /// Side by side: they judge, comment, show and keep without knowing one another.
    static let sideBySide: Set<String> = ["Gates", "Agents", "Reports", "Evidence"]

    /// `path:line: sentence`, for every import that should not be there.
    func violations(in text: String, path: String, target: PackageDescription.Target) -> [String] {
        ImportScanner.imports(in: text).compactMap { line, module in
            complaint(about: module, in: target).map { "\(path):\(line): \($0)" }
        }
    }

    /// What is wrong with the declarations themselves.
    var declarationViolations: [String] {
        package.targets.flatMap { target in
            target.dependencies.compactMap { dependency in
                forbidden(dependency, to: target).map { "Package.swift: \($0)" }
            }
        }
    }

    private func complaint(about module: String, in target: PackageDescription.Target) -> String? {
        if module == target.module { return "\(target.name) imports itself" }
        if let sentence = forbidden(module, to: target) { return sentence }
        if Self.platformModules.contains(module) { return nil }
        if module == "Testing" && (target.isTest || target.name == "TestSupport") { return nil }
        let declared = target.dependencies.flatMap { name in
            Self.modulesOfProduct[name] ?? [package.target(name)?.module ?? name]
        }
        return declared.contains(module) ? nil : "\(target.name) does not declare \(module) but imports it"
    }

    private func forbidden(_ module: String, to target: PackageDescription.Target) -> String? {
        if let door = Self.doors[module], target.name != door { return "only \(door) may import \(module)" }
        if target.isTest { return nil }
        switch (target.name, module) {
        case ("FinOps", _) where module != "Foundation": return "FinOps may import Foundation only, not \(module)"
        case (_, "Sandbox") where target.type != "executable": return "only the executable and tests may import Sandbox"
        case ("Simulation", "TestSupport"): return nil
        case (_, "TestSupport"), (_, "Simulation"): return "only tests may import \(module)"
        case (_, "AWS") where target.type != "executable": return "only the executable knows AWS beside the pipeline"
        case (let name, _) where Self.sideBySide.contains(name) && Self.sideBySide.contains(module) && name != module:
            return "\(name) and \(module) stand side by side and must not know one another"
        default: return nil
        }
    }
}

/// Finds `import` declarations by line, outside comments and multi-line strings.
enum ImportScanner {
    static func imports(in text: String) -> [(line: Int, module: String)] {
        var isInString = false
        var found: [(Int, String)] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let quotes = line.ranges(of: "\"\"\"").count
            defer { if quotes % 2 == 1 { isInString.toggle() } }
            guard !isInString, let match = line.prefixMatch(of: pattern) else { continue }
            found.append((index + 1, String(match.1)))
        }
        return found
    }

    /// `@testable public import struct Module.Name`
    private nonisolated(unsafe) static let pattern =
        /\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
}

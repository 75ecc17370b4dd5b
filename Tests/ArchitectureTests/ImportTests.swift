import TestSupport
import Testing

@Suite struct `Who may import whom` {
    @Test func `every source file imports only what its target declares`() throws {
        let scratch = try TemporaryFolder("architecture")
        let rules = ImportRules(package: try PackageDescription.load(scratch: scratch.path))
        var scanned = 0
        for target in rules.package.targets where target.type != "system" {
            for path in SourceTree.swiftFiles(in: target.folder) {
                scanned += 1
                let violations = rules.violations(in: try SourceTree.text(path), path: path, target: target)
                #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
            }
        }
        #expect(scanned > 100)
    }

    @Test func `no declaration goes past the rules`() throws {
        let scratch = try TemporaryFolder("architecture")
        let rules = ImportRules(package: try PackageDescription.load(scratch: scratch.path))
        #expect(rules.package.target("FinOps")?.dependencies == [])
        #expect(rules.package.target("Pipeline")?.dependencies.contains("Gates") == true)
        #expect(rules.declarationViolations == [])
    }

    private static let sample = PackageDescription(targets: [
        .init(name: "FinOps", type: "regular", dependencies: []),
        .init(name: "HTTP", type: "regular", dependencies: ["CCurl"]),
        .init(name: "AWS", type: "regular", dependencies: ["FinOps", "HTTP", "CCurl"]),
        .init(name: "Gates", type: "regular", dependencies: ["FinOps", "Agents"]),
        .init(name: "Agents", type: "regular", dependencies: ["FinOps"]),
        .init(name: "Pipeline", type: "regular", dependencies: ["FinOps", "Sandbox", "AWS"]),
        .init(name: "Sandbox", type: "regular", dependencies: ["FinOps", "FlyingFox"]),
        .init(name: "finops-monthly", type: "executable", dependencies: ["FinOps", "Sandbox", "AWS"]),
        .init(name: "GatesTests", type: "test", dependencies: ["Gates", "Sandbox", "finops-monthly"]),
    ])

    @Test(arguments: [
        ("FinOps", "import Glibc", "FinOps may import Foundation only, not Glibc"),
        ("AWS", "import CCurl", "only HTTP may import CCurl"),
        ("HTTP", "internal import COpenSSL", "only OpenSSL may import COpenSSL"),
        ("HTTP", "import FinOps", "HTTP does not declare FinOps but imports it"),
        ("Pipeline", "public import Sandbox", "only the executable and tests may import Sandbox"),
        ("Pipeline", "import struct AWS.Client", "only the executable knows AWS beside the pipeline"),
        ("Gates", "import Agents", "Gates and Agents stand side by side and must not know one another"),
        ("Agents", "import Testing", "Agents does not declare Testing but imports it"),
        ("Agents", "import TestSupport", "only tests may import TestSupport"),
        ("GatesTests", "@testable import Agents", "GatesTests does not declare Agents but imports it"),
        ("GatesTests", "import CCurl", "only HTTP may import CCurl"),
    ])
    func `a forbidden import is named with file and line`(target: String, line: String, sentence: String) throws {
        let rules = ImportRules(package: Self.sample)
        let text = "// first\nimport Foundation\n\(line)\n"
        let found = rules.violations(in: text, path: "a.swift", target: try #require(Self.sample.target(target)))
        #expect(found == ["a.swift:3: \(sentence)"])
    }

    @Test(arguments: [
        ("FinOps", "public import Foundation"), ("HTTP", "import CCurl"), ("Sandbox", "import FlyingSocks"),
        ("finops-monthly", "import Sandbox"), ("GatesTests", "@testable import Gates"),
        ("GatesTests", "import Testing"),
        ("GatesTests", "@testable import finops_monthly"), ("FinOps", "// import CCurl"),
        ("FinOps", "let importance = 1"),
        ("FinOps", "let script = \"\"\"\n    import sys\n    \"\"\""),
    ])
    func `an allowed import is left alone`(target: String, text: String) throws {
        let rules = ImportRules(package: Self.sample)
        #expect(rules.violations(in: text, path: "a.swift", target: try #require(Self.sample.target(target))) == [])
    }

    @Test func `a declaration past the rules is found`() {
        #expect(
            ImportRules(package: Self.sample).declarationViolations == [
                "Package.swift: only HTTP may import CCurl",
                "Package.swift: Gates and Agents stand side by side and must not know one another",
                "Package.swift: only the executable and tests may import Sandbox",
                "Package.swift: only the executable knows AWS beside the pipeline",
            ])
    }
}

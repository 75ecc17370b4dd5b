// swift-tools-version: 6.2
import PackageDescription

// Who may import whom is the table below, and nothing else: `ArchitectureTests` reads it back from this package and
// fails when a source file imports past it. docs/architecture.md explains the rooms.

let package = Package(
    name: "finops-monthly",
    products: [.executable(name: "finops-monthly", targets: ["finops-monthly"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        // The file paths swift-subprocess speaks.
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),

        // Values, arithmetic and ports. No I/O.
        .target(name: "FinOps"),

        // Statistics and explanations of cost, pure.
        .target(name: "Analysis", dependencies: ["FinOps"]),

        // What somebody wrote, held against the facts, pure.
        .target(name: "Grounding", dependencies: ["FinOps"]),

        // The two libraries the owner fixed, each behind one room.
        .target(name: "OpenSSL", dependencies: ["COpenSSL"]),
        .target(name: "HTTP", dependencies: ["CCurl"]),

        // Language models over HTTPS, and what they are told.
        .target(name: "LanguageModels", dependencies: ["FinOps", "Grounding", "HTTP", "SigV4"]),

        // AWS over the wire.
        .target(name: "SigV4", dependencies: ["OpenSSL"]),
        .target(name: "AWS", dependencies: ["FinOps", "HTTP", "OpenSSL", "SigV4"]),

        // Judge, comment, show, keep: side by side, none knows another.
        .target(name: "Gates", dependencies: ["FinOps"]),
        .target(name: "Agents", dependencies: ["FinOps", "Grounding"]),
        .target(name: "Reports", dependencies: ["FinOps", "Analysis"]),
        .target(name: "Evidence", dependencies: ["FinOps", "OpenSSL"]),

        // Into files that other programs read.
        .target(name: "Exports", dependencies: ["FinOps", "Reports", "CXlsxWriter"]),

        // Line items from data exports, through a columnar engine.
        .target(name: "CostExports", dependencies: ["FinOps"]),

        // A persona's view of a month, picked and ordered as asked.
        .target(name: "Dashboard", dependencies: ["FinOps", "Reports", "Exports"]),

        // Telling people: webhooks and mail.
        .target(name: "Notices", dependencies: ["FinOps", "HTTP"]),

        // The conductor.
        .target(
            name: "Pipeline",
            dependencies: [
                "FinOps", "Gates", "Agents", "Reports", "Evidence", "Grounding", "LanguageModels", "OpenSSL",
            ]),

        // The sample estate as an AWS-compatible server on loopback.
        .target(
            name: "Sandbox",
            dependencies: ["FinOps", "OpenSSL", "SigV4", .product(name: "FlyingFox", package: "FlyingFox")]),

        // The page on loopback for people who do not live in a terminal.
        .target(
            name: "ApprovalPage",
            dependencies: [
                "FinOps", "Evidence", "Pipeline", "Reports", .product(name: "FlyingFox", package: "FlyingFox"),
            ]),

        // Commands, views, wiring, exit status.
        .executableTarget(
            name: "finops-monthly",
            dependencies: [
                "FinOps", "Analysis", "AWS", "HTTP", "OpenSSL", "Gates", "Grounding", "LanguageModels", "Agents",
                "Reports", "Evidence", "Pipeline", "Sandbox", "ApprovalPage", "Notices", "Exports", "Dashboard",
                "CostExports",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Yams", package: "Yams"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),

        // Fixtures shared by the test targets.
        .target(
            name: "TestSupport", dependencies: ["FinOps"],
            exclude: ["Athena/athena_front.py", "Faults/tls_front.py", "Models/model_provider.py"]),

        // The modelled world: the engine under every disaster a seed can tell of. Only tests import it.
        .target(
            name: "Simulation",
            dependencies: ["FinOps", "Gates", "Evidence", "Pipeline", "OpenSSL", "TestSupport"]),

        .testTarget(name: "FinOpsTests", dependencies: ["FinOps", "TestSupport"]),
        .testTarget(name: "AnalysisTests", dependencies: ["Analysis", "FinOps", "TestSupport"], exclude: ["Golden"]),
        .testTarget(name: "GroundingTests", dependencies: ["Grounding", "FinOps", "TestSupport"]),
        .testTarget(name: "OpenSSLTests", dependencies: ["OpenSSL", "TestSupport"]),
        .testTarget(
            name: "HTTPTests",
            dependencies: ["HTTP", "TestSupport", .product(name: "FlyingFox", package: "FlyingFox")]),
        .testTarget(
            name: "SigV4Tests", dependencies: ["SigV4", "TestSupport"],
            exclude: ["botocore_oracle.py", "published-vectors.json"]),
        .testTarget(
            name: "AWSTests",
            dependencies: [
                "AWS", "FinOps", "HTTP", "OpenSSL", "Sandbox", "SigV4", "TestSupport",
                .product(name: "FlyingFox", package: "FlyingFox"),
            ]),
        .testTarget(
            name: "LanguageModelsTests",
            dependencies: ["LanguageModels", "FinOps", "Grounding", "HTTP", "OpenSSL", "SigV4", "TestSupport"]),
        .testTarget(name: "GatesTests", dependencies: ["Gates", "FinOps", "TestSupport"], exclude: ["Goldens"]),
        .testTarget(name: "AgentsTests", dependencies: ["Agents", "FinOps", "Grounding", "OpenSSL", "TestSupport"]),
        .testTarget(
            name: "ReportsTests", dependencies: ["Reports", "Analysis", "FinOps", "TestSupport"],
            exclude: ["Golden", "Support/pages_in_browser.py"]),
        .testTarget(name: "ExportsTests", dependencies: ["Exports", "FinOps", "TestSupport"], exclude: ["Golden"]),
        .testTarget(
            name: "CostExportsTests", dependencies: ["CostExports", "FinOps", "TestSupport"],
            exclude: ["Golden", "focus_oracle.py", "generated_report.py", "portable_sql.py"]),
        .testTarget(
            name: "DashboardTests", dependencies: ["Dashboard", "Exports", "FinOps", "Reports", "TestSupport"],
            exclude: ["Golden"]),
        .testTarget(name: "EvidenceTests", dependencies: ["Evidence", "FinOps", "OpenSSL", "TestSupport"]),
        .testTarget(
            name: "PipelineTests",
            dependencies: ["Pipeline", "FinOps", "Evidence", "OpenSSL", "Simulation", "TestSupport"],
            exclude: ["Recorded"]),
        .testTarget(
            name: "SimulationTests",
            dependencies: ["Simulation", "Pipeline", "FinOps", "Evidence", "OpenSSL", "TestSupport"]),
        .testTarget(name: "SandboxTests", dependencies: ["Sandbox", "FinOps", "OpenSSL", "TestSupport"]),
        .testTarget(
            name: "ApprovalPageTests",
            dependencies: ["ApprovalPage", "Evidence", "FinOps", "HTTP", "OpenSSL", "Pipeline", "TestSupport"]),
        .testTarget(
            name: "NoticesTests", dependencies: ["Notices", "Evidence", "FinOps", "HTTP", "TestSupport"]),
        .testTarget(
            name: "FinopsMonthlyTests",
            dependencies: [
                "finops-monthly", "Evidence", "FinOps", "Sandbox", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Support/terminal.py", "Support/browser.py", "Support/mcp_server.py"]),
        .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)

// The simulation tells a hundred thousand tales in every test run: what it runs hot is optimised in debug builds as well.
let hot: Set = [
    "FinOps", "Analysis", "OpenSSL", "Evidence", "Gates", "Reports", "Pipeline", "TestSupport", "Simulation",
]
for target in package.targets where hot.contains(target.name) {
    target.swiftSettings = [.unsafeFlags(["-O"], .when(configuration: .debug))]
}

for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),  // SE-0335
            .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
            .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
            .treatAllWarnings(as: .error),
        ]
}

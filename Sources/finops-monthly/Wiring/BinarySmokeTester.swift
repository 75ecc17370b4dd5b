import Evidence
import FinOps
import Foundation
import Pipeline

/// G0: the very binary that is running answers `--version`; and each wheel in `dist/` installs into a clean environment and
/// answers too. What was tried is named by its digest.
struct BinarySmokeTester: SmokeTester {
    let toolVersion: String
    let root: String
    let processes: any ProcessRunner
    let hashing: any Hashing

    func smokeTest() async -> SmokeTest {
        var checks = [
            await check("running binary", executable: RunningBinary.path, digest: RunningBinary.digest)
        ]
        for wheel in wheels { checks.append(await check(wheel: wheel)) }
        return SmokeTest(toolVersion: toolVersion, checks: checks)
    }

    private var wheels: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root + "/dist")) ?? []
        return names.filter { $0.hasSuffix(".whl") }.sorted()
    }

    private func check(_ subject: String, executable: String, digest: Digest?) async -> SmokeTest.Check {
        let result = try? await processes.run(
            ProcessInvocation(
                executable: executable, arguments: ["--version"], environment: Self.cleanEnvironment,
                deadlineSeconds: 20))
        return SmokeTest.Check(
            subject: subject, sha256: digest, exitStatus: result?.exitStatus ?? nil,
            answer: firstLine(result?.standardOutput))
    }

    private func check(wheel: String) async -> SmokeTest.Check {
        let path = "\(root)/dist/\(wheel)"
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("finops-wheel-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for step in [
            ("python3", ["-m", "venv", folder.path]),
            (folder.path + "/bin/python", ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps", path]),
        ] {
            let result = try? await processes.run(
                ProcessInvocation(
                    executable: step.0, arguments: step.1, environment: Self.cleanEnvironment, deadlineSeconds: 120))
            guard result?.exitStatus == 0 else {
                return SmokeTest.Check(
                    subject: wheel, sha256: digest(of: path), exitStatus: result?.exitStatus ?? nil,
                    answer: firstLine(result?.standardError))
            }
        }
        return await check(wheel, executable: folder.path + "/bin/finops-monthly", digest: digest(of: path))
    }

    private static let cleanEnvironment = [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent",
        "LD_LIBRARY_PATH": ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? "",
    ]

    private func digest(of path: String) -> Digest? {
        FileManager.default.contents(atPath: path).map(hashing.sha256)
    }

    private func firstLine(_ output: Data?) -> String {
        String(String(decoding: output ?? Data(), as: UTF8.self).split(separator: "\n").first ?? "")
    }
}

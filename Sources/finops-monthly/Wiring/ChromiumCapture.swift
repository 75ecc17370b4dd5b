import FinOps
import Foundation

/// Photographs pages with a headless Chromium: a fresh profile each time, no network, a deadline.
struct ChromiumCapture: PageCapture {
    let executable: String
    let processes: any ProcessRunner

    /// The browsers this knows how to drive, as Debian and their vendors name them.
    static let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

    static func find(configured: String?, path: String) -> String? {
        if let configured { return FileManager.default.isExecutableFile(atPath: configured) ? configured : nil }
        let folders = path.split(separator: ":").map(String.init)
        return names.lazy.flatMap { name in folders.map { "\($0)/\(name)" } }
            .first(where: FileManager.default.isExecutableFile)
    }

    func capture(page path: String, to target: String) async throws {
        try await open(page: path, to: target, as: ["--window-size=1280,1800", "--screenshot=\(target)"])
    }

    /// The page as the browser prints it: PDF by the page's own print style.
    func print(page path: String, to target: String) async throws {
        try await open(page: path, to: target, as: ["--no-pdf-header-footer", "--print-to-pdf=\(target)"])
    }

    private func open(page path: String, to target: String, as product: [String]) async throws {
        let profile = FileManager.default.temporaryDirectory.appendingPathComponent("finops-page-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: profile, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: profile) }

        let result: ProcessResult
        do {
            result = try await processes.run(
                ProcessInvocation(
                    executable: executable, arguments: arguments(profile: profile.path, page: path, product: product),
                    environment: ["HOME": profile.path, "PATH": "/usr/bin:/bin"], deadlineSeconds: 30))
        } catch {
            throw trouble("NotStarted", "the browser could not be started: \(error)")
        }
        guard result.exitStatus == 0, FileManager.default.fileExists(atPath: target) else {
            throw trouble("NoPicture", "the browser ended without a picture of \(path)")
        }
    }

    private func arguments(profile: String, page: String, product: [String]) -> [String] {
        // Chromium refuses its sandbox to root; the page is our own file, without script and without network.
        let asRoot = geteuid() == 0 ? ["--no-sandbox"] : []
        return asRoot + [
            "--headless=new", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--disable-dev-shm-usage", "--user-data-dir=\(profile)",
        ] + product + [URL(fileURLWithPath: page).absoluteString]
    }

    private func trouble(_ code: String, _ message: String) -> Trouble {
        Trouble(
            .unreachable, code: code, message: message, operation: "chromium",
            hint: "run `\(executable) --version`; the check is advisory, the pages are unaffected")
    }
}

import FinOps

/// Phase 6: photographs each page in a real browser, two at a time. Advisory: a missing browser is said, never hidden.
struct VisualVerificationPhase {
    let pages: [Deliverable]
    let runFolder: String
    let isSkipped: Bool
    let environment: RunEnvironment

    func work() async throws -> ScreenshotSet {
        guard !isSkipped else { return ScreenshotSet(screenshots: pages.map { missing($0, Self.notWanted) }) }
        guard let capture = environment.pageCapture else {
            return ScreenshotSet(screenshots: pages.map { missing($0, Self.noBrowser) })
        }
        try environment.fileSystem.makeDirectory(runFolder + "/screenshots")
        var screenshots: [Screenshot] = []
        for pair in stride(from: 0, to: pages.count, by: 2) {
            async let first = photograph(pages[pair], with: capture)
            if pair + 1 < pages.count {
                async let second = photograph(pages[pair + 1], with: capture)
                screenshots += try await [first, second]
            } else {
                screenshots += try await [first]
            }
        }
        return ScreenshotSet(screenshots: screenshots)
    }

    private func photograph(_ page: Deliverable, with capture: any PageCapture) async throws -> Screenshot {
        let name = page.path.split(separator: "/").last?.split(separator: ".").first ?? "page"
        let target = "screenshots/\(name).png"
        let observation = try await observe {
            try await capture.capture(page: "\(runFolder)/\(page.path)", to: "\(runFolder)/\(target)")
            return try environment.fileSystem.read("\(runFolder)/\(target)")
        }
        switch observation {
        case .unknown(let trouble):
            return missing(page, trouble)
        case .known(let bytes):
            return Screenshot(
                page: page.path, path: target, bytes: bytes.count, sha256: environment.hashing.sha256(bytes),
                trouble: nil)
        }
    }

    private func missing(_ page: Deliverable, _ trouble: Trouble) -> Screenshot {
        Screenshot(page: page.path, path: nil, bytes: nil, sha256: nil, trouble: trouble)
    }

    private static let notWanted = Trouble(
        .notOffered, code: "NotWanted", message: "screenshots were switched off with --no-screenshots",
        operation: "chromium")

    static let noBrowser = Trouble(
        .notOffered, code: "NoBrowser", message: "no Chromium was found on this machine", operation: "chromium",
        hint: "install `chromium`, or set `browser` in the configuration")
}

/// Phase 6: a picture of a page as a browser shows it. Weak evidence, hence advisory.
public struct Screenshot: Hashable, Codable, Sendable {
    /// The page: `reports/cfo.html`.
    public let page: String
    /// The picture: `screenshots/cfo.png`, when there is one.
    public let path: String?
    public let bytes: Int?
    public let sha256: Digest?
    /// Why there is none, e.g. no browser on this machine.
    public let trouble: Trouble?

    public init(page: String, path: String?, bytes: Int?, sha256: Digest?, trouble: Trouble?) {
        self.page = page
        self.path = path
        self.bytes = bytes
        self.sha256 = sha256
        self.trouble = trouble
    }
}

public struct ScreenshotSet: Hashable, Codable, Sendable {
    public let screenshots: [Screenshot]

    public init(screenshots: [Screenshot]) {
        self.screenshots = screenshots
    }
}

/// Photographs a page. Throws `Trouble`.
public protocol PageCapture: Sendable {
    /// Writes a PNG of the page at `path` to `target`.
    func capture(page path: String, to target: String) async throws
}

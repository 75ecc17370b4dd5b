public import FinOps

/// A browser showed each page, and the picture is large enough to show something. Weak evidence, hence advisory: this gate
/// never blocks.
public struct G6Screenshots: Gate {
    public let id = GateID.g6
    public let title = "Visual verification"
    public let criterion = "A screenshot of every page was captured and is over 10 KB."
    public let onFailure = GateAction.advise

    public init() {}

    public func judge(_ product: ScreenshotSet, under policy: RunPolicy) -> Verdict {
        guard !product.screenshots.isEmpty else { return advise(["No page was photographed."]) }
        let complaints = product.screenshots.compactMap { complaint(about: $0, minimum: policy.screenshotMinimumBytes) }
        let unique = complaints.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let trouble = product.screenshots.lazy.compactMap(\.trouble).first
        guard unique.isEmpty else { return advise(unique, trouble: trouble) }
        return passed("\(product.screenshots.count) screenshots, each over \(policy.screenshotMinimumBytes) bytes.")
    }

    private func advise(_ reasons: [String], trouble: Trouble? = nil) -> Verdict {
        Verdict(id, .advised, action: onFailure, reasons: reasons, trouble: trouble)
    }

    private func complaint(about screenshot: Screenshot, minimum: Int) -> String? {
        if let trouble = screenshot.trouble {
            // One browser is missing once, however many pages it leaves unseen.
            return trouble.kind == .notOffered
                ? "Not verified by eye: \(trouble.message)." : "\(screenshot.page): \(trouble.message)."
        }
        guard screenshot.path != nil, let bytes = screenshot.bytes else {
            return "\(screenshot.page) has no screenshot."
        }
        return bytes > minimum ? nil : "The screenshot of \(screenshot.page) has \(bytes) bytes, not over \(minimum)."
    }
}

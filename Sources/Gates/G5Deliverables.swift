public import FinOps

/// Everything that was promised lies on the disk, undamaged: an HTML and a Markdown page for every requested persona, the
/// e-mail for the stakeholders, and each statement as HTML, Markdown and JSON.
public struct G5Deliverables: Gate {
    public let id = GateID.g5
    public let title = "Deliverables"
    public let criterion =
        "HTML and Markdown for every persona, stakeholder-email.md and the statements are written and read back."
    public let onFailure = GateAction.retryFormatter

    public init() {}

    static let emailName = "stakeholder-email.md"

    public func judge(_ product: DeliverableSet, under policy: RunPolicy) -> Verdict {
        guard !product.requested.isEmpty else {
            return undetermined(["No persona was requested, so there is nothing to judge."])
        }
        let complaints =
            product.damaged.map { "\($0) could not be read back as it was written." }
            + missing(from: product)
            + product.deliverables.filter { $0.bytes <= 0 }.map { "\($0.path) is empty." }
        guard complaints.isEmpty else { return failed(complaints) }
        return passed("\(product.deliverables.count) files for \(product.requested.count) personas, all read back.")
    }

    private func missing(from set: DeliverableSet) -> [String] {
        let pages = set.requested.flatMap { persona in
            [Deliverable.Format.html, .markdown].filter { format in
                !set.deliverables.contains { $0.persona == persona && $0.format == format }
            }
            .map { "The \($0 == .html ? "HTML" : "Markdown") page for \(persona.rawValue) is missing." }
        }
        let hasEmail = set.deliverables.contains {
            $0.format == .email && $0.path.split(separator: "/").last.map(String.init) == Self.emailName
        }
        let statements = (set.statements ?? []).flatMap { name in
            [("html", Deliverable.Format.html), ("md", .markdown), ("json", .json)].filter { suffix, format in
                !set.deliverables.contains { $0.format == format && $0.path == "reports/\(name).\(suffix)" }
            }
            .map { "\(name).\($0.0) is missing." }
        }
        return pages + statements + (hasEmail ? [] : ["\(Self.emailName) is missing."])
    }
}

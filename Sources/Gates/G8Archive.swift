public import FinOps

/// The month is claimed to be complete only when its archive was re-read from the disk and every digest and the seal hold.
public struct G8Archive: Gate {
    public let id = GateID.g8
    public let title = "Evidence archive"
    public let criterion = "Every file of the archive was written, re-read and sealed."
    public let onFailure = GateAction.blockCompletion

    public init() {}

    public func judge(_ product: ArchiveManifest, under policy: RunPolicy) -> Verdict {
        guard product.problems.isEmpty else { return failed(product.problems) }
        guard product.fileCount > 0 else { return undetermined(["No file of \(product.path) could be re-read."]) }
        guard let seal = product.seal else { return failed(["\(product.path) carries no seal."]) }
        return passed("\(product.fileCount) files in \(product.path), sealed as \(seal.named).")
    }
}

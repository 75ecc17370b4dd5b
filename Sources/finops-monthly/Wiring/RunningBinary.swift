import Evidence
import FinOps
import Foundation

/// The very binary that is running. Read and hashed once: it is large, and both G0 and the seal name it.
enum RunningBinary {
    static let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""

    /// Nil when it cannot be read.
    static let digest: Digest? = FileManager.default.contents(atPath: "/proc/self/exe").map(SystemHashing().sha256)
}

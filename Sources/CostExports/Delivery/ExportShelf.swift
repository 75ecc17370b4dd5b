import FinOps
import Foundation

/// Where the files of an export lie. What is of the month is decided by names and manifests, wherever they are.
protocol ExportShelf {
    /// As the person named it.
    var place: String { get }
    var contents: ShelfContents { get }
    /// A small file: a manifest. Throws `ExplainedError`.
    func read(_ name: String) async throws -> Data
    /// Where these files lie on this machine, once they do. Throws `ExplainedError`.
    func paths(of names: [String]) async throws -> [String]
}

enum ShelfContents: Hashable {
    /// A single file, by its name.
    case file(String)
    /// Everything below a folder, by its name from there on.
    case folder([String])
}

import Foundation

/// A folder of one test, gone with the value.
public final class TemporaryFolder: Sendable {
    public let path: String

    public init(_ name: String = "finops-monthly") throws {
        path = FileManager.default.temporaryDirectory.appending(path: "\(name)-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    public subscript(_ name: String) -> String { path + "/" + name }
}

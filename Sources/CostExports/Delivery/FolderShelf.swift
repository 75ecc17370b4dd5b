import FinOps
import Foundation

/// A file or a folder of this machine.
struct FolderShelf: ExportShelf {
    let place: String
    let contents: ShelfContents
    private let path: String
    private let disk: any FileSystem

    /// Throws `InputError`.
    init(path place: String, disk: any FileSystem) throws {
        let path = place.hasSuffix("/") ? String(place.dropLast()) : place
        (self.place, self.path, self.disk) = (place, path, disk)
        contents = try Self.asked(place) {
            guard let kind = try disk.kind(of: path) else {
                throw ExportDelivery.refused("\(place) does not exist")
            }
            return kind == .directory
                ? .folder(try Self.tree(path, disk)) : .file(String(path.split(separator: "/").last ?? ""))
        }
    }

    func read(_ name: String) throws -> Data { try Self.asked(place) { try disk.read("\(path)/\(name)") } }

    func paths(of names: [String]) -> [String] {
        if case .file = contents { return [path] }
        return names.map { "\(path)/\($0)" }
    }

    private static func tree(_ folder: String, _ disk: any FileSystem, below: String = "") throws -> [String] {
        try disk.list(below.isEmpty ? folder : "\(folder)/\(below)").flatMap { entry in
            let name = below.isEmpty ? entry : "\(below)/\(entry)"
            return try disk.kind(of: "\(folder)/\(name)") == .directory ? tree(folder, disk, below: name) : [name]
        }
    }

    private static func asked<Value>(_ place: String, _ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch let error as FileError {
            throw InputError("bad_export", "\(place) cannot be read", cause: error.summary)
        }
    }
}

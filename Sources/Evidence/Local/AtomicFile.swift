public import FinOps
public import Foundation

/// A file that is either wholly there or not at all: written aside, synchronised, renamed, and its folder synchronised.
public enum AtomicFile {
    /// Creates the folder when it is missing. A left-over of an earlier attempt is replaced. Throws `FileError`.
    public static func write(
        _ bytes: Data, to path: String, mode: UInt32 = 0o644, in fileSystem: any FileSystem
    ) throws {
        let (folder, name) = split(path)
        let aside = folder + "/." + name + ".partial"
        try makeDirectory(folder, in: fileSystem)
        // Not truncated but removed, since a left-over could have wider permissions than `mode`.
        try fileSystem.remove(aside)
        try fileSystem.write(bytes, to: aside, mode: mode)
        try fileSystem.synchronize(aside)
        try fileSystem.rename(aside, to: path)
        try fileSystem.synchronize(folder)
    }

    /// Creates a folder with its parents so that a power cut cannot take it back: every parent that gained an entry is
    /// synchronised.
    public static func makeDirectory(_ path: String, in fileSystem: any FileSystem) throws {
        var missing: [String] = []
        var current = path
        while try fileSystem.kind(of: current) == nil {
            missing.append(current)
            let parent = split(current).folder
            guard parent != current else { break }
            current = parent
        }
        guard !missing.isEmpty else { return }
        try fileSystem.makeDirectory(path)
        for folder in missing.reversed() { try fileSystem.synchronize(split(folder).folder) }
    }

    /// `a/b` → (`a`, `b`), `b` → (`.`, `b`), `/b` → (`/`, `b`).
    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let folder = String(path[..<slash])
        return (folder.isEmpty ? "/" : folder, String(path[path.index(after: slash)...]))
    }
}

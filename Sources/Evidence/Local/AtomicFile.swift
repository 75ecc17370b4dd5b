public import FinOps
public import Foundation

/// A file that is either wholly there or not at all: written aside, synchronised, renamed, and its folder synchronised.
public enum AtomicFile {
    /// Creates the folder when it is missing. A left-over of an earlier attempt is replaced. Throws `FileError`.
    public static func write(
        _ bytes: Data, to path: String, mode: UInt32 = 0o644, in fileSystem: any FileSystem
    ) throws {
        try write(all: [(path, bytes)], mode: mode, in: fileSystem)
    }

    /// Many files, each wholly there or not at all; all durable on return. Cheaper than one after another.
    public static func write(
        all files: [(path: String, bytes: Data)], mode: UInt32 = 0o644, in fileSystem: any FileSystem
    ) throws {
        let folders = Set(files.map { split($0.path).folder }).sorted()
        for folder in folders { try makeDirectory(folder, in: fileSystem) }
        for (path, bytes) in files {
            // Not truncated but removed, since a left-over could have wider permissions than `mode`.
            try fileSystem.remove(aside(path))
            try fileSystem.write(bytes, to: aside(path), mode: mode)
        }
        try fileSystem.synchronize(all: files.map { aside($0.path) })
        for (path, _) in files { try fileSystem.rename(aside(path), to: path) }
        try fileSystem.synchronize(all: folders)
    }

    private static func aside(_ path: String) -> String {
        let (folder, name) = split(path)
        return folder + "/." + name + ".partial"
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

    /// Makes the folder durable with all that lead to it from `root`, also those that were there: the process that made them
    /// may have died before it synchronised their names.
    public static func makeDirectory(
        _ path: String, durableBelow root: String, in fileSystem: any FileSystem
    ) throws {
        try makeDirectory(path, in: fileSystem)
        var current = path
        while current != root, split(current).folder != current {
            current = split(current).folder
            try fileSystem.synchronize(current)
        }
    }

    /// `a/b` → (`a`, `b`), `b` → (`.`, `b`), `/b` → (`/`, `b`).
    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let folder = String(path[..<slash])
        return (folder.isEmpty ? "/" : folder, String(path[path.index(after: slash)...]))
    }
}

import FinOps
public import Foundation

/// The payload of a month: paths below `data/` and their bytes.
public struct BagPayload: Hashable, Sendable {
    public private(set) var files: [String: Data] = [:]

    public init() {}

    /// Adds `reports/cfo.html` and the like. Throws `invalid_path` for a path a bag cannot carry everywhere, or one that is
    /// taken: by another file or by a folder.
    public mutating func add(_ path: String, _ bytes: Data) throws {
        let isTaken = files.keys.contains { $0 == path || $0.hasPrefix(path + "/") || path.hasPrefix($0 + "/") }
        guard BagPath.isPlain(path), !isTaken else {
            throw EvidenceError(
                .invalidPath,
                isTaken ? "two archived files are called \(path)" : "no archive can carry the path \(path)",
                hint: "use letters, digits, dots, hyphens and underscores between slashes")
        }
        files[path] = bytes
    }
}

/// A BagIt 1.0 bag (RFC 8493) as a function of its payload: the same payload gives the same bytes.
struct Bag {
    /// Every file but the seal, by its path in the bag.
    let files: [String: Data]
    /// The one digest that covers all of them.
    let tagManifestDigest: Digest

    static let declaration = Data("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".utf8)

    init(_ payload: BagPayload, identifier: String, baggedOn: CalendarDay, agent: String) {
        var files = Dictionary(uniqueKeysWithValues: payload.files.map { ("data/" + $0.key, $0.value) })
        let manifest = ManifestText.encode(files.map { ($0.key, Digest(of: $0.value)) })
        let info = """
            Bag-Software-Agent: \(agent)
            Bagging-Date: \(baggedOn)
            External-Identifier: \(identifier)
            Payload-Oxum: \(Bag.oxum(files.values))

            """
        let tags = [
            BagPath.declaration: Bag.declaration, BagPath.info: Data(info.utf8), BagPath.manifest: manifest,
        ]
        let tagManifest = ManifestText.encode(tags.map { ($0.key, Digest(of: $0.value)) })
        files.merge(tags) { _, tag in tag }
        files[BagPath.tagManifest] = tagManifest
        self.files = files
        tagManifestDigest = Digest(of: tagManifest)
    }

    /// `octets.files`.
    static func oxum(_ payload: some Collection<Data>) -> String {
        "\(payload.reduce(0) { $0 + $1.count }).\(payload.count)"
    }

    /// Writes every file into an empty folder and synchronises the files, then the folders.
    static func write(_ files: [String: Data], to folder: String, in fileSystem: any FileSystem) throws {
        var folders: Set<String> = [folder]
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
            let file = folder + "/" + path
            var parent = AtomicFile.split(file).folder
            try fileSystem.makeDirectory(parent)
            while folders.insert(parent).inserted { parent = AtomicFile.split(parent).folder }
            try fileSystem.write(bytes, to: file)
        }
        try fileSystem.synchronize(all: files.keys.sorted().map { folder + "/" + $0 })
        try fileSystem.synchronize(all: folders.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) })
    }
}

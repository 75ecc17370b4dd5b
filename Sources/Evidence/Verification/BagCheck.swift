import FinOps
import Foundation

/// Reads a bag and checks that it is complete, that every digest holds, and that nothing else lies in it.
struct BagCheck {
    /// Every regular file, by path.
    private(set) var files: [String: Data] = [:]
    private var strangers: [String] = []

    init(folder: String, fileSystem: any FileSystem) throws { try walk(folder, "", fileSystem) }

    private mutating func walk(_ folder: String, _ prefix: String, _ fileSystem: any FileSystem) throws {
        for name in try fileSystem.list(folder) {
            let path = folder + "/" + name
            switch try fileSystem.kind(of: path) {
            case .directory: try walk(path, prefix + name + "/", fileSystem)
            case .file: files[prefix + name] = try fileSystem.read(path)
            case .symbolicLink: strangers.append("\(prefix)\(name) is a symbolic link")
            case .other, nil: strangers.append("\(prefix)\(name) is no regular file")
            }
        }
    }

    func run(into list: inout CheckList) {
        list.add("bag declaration", expecting(BagPath.declaration) { $0 == Bag.declaration })
        let tags = manifest(BagPath.tagManifest, "tag manifest", into: &list) {
            Set($0) == [BagPath.declaration, BagPath.info, BagPath.manifest]
        }
        let payload = manifest(BagPath.manifest, "manifest", into: &list) {
            $0.allSatisfy { $0.hasPrefix("data/") && BagPath.isPlain($0) }
        }
        let oxum = Bag.oxum(files.filter { $0.key.hasPrefix("data/") }.values)
        list.add(
            "payload size",
            expecting(BagPath.info) {
                String(decoding: $0, as: UTF8.self).split(separator: "\n").contains("Payload-Oxum: \(oxum)")
            })
        let known = tags.union(payload).union([BagPath.tagManifest, BagPath.seal])
        let extra = files.keys.filter { !known.contains($0) }.sorted().map { "\($0) is in no manifest" }
        list.add("nothing else", (extra + strangers.sorted()).map { (.failed, $0) })
    }

    private func expecting(
        _ path: String, _ isAsSealed: (Data) -> Bool
    ) -> [(word: VerificationWord, detail: String)] {
        guard let bytes = files[path] else { return [(.missing, path)] }
        return isAsSealed(bytes) ? [] : [(.differs, path)]
    }

    /// Returns the paths the manifest lists.
    private func manifest(
        _ path: String, _ check: String, into list: inout CheckList, _ areAllowed: ([String]) -> Bool
    ) -> Set<String> {
        guard let bytes = files[path] else {
            list.add(check, .missing, path)
            return []
        }
        guard let entries = ManifestText.decode(bytes), areAllowed(Array(entries.keys)) else {
            list.add(check, .failed, "\(path) is not of the form of a manifest")
            return []
        }
        let findings = entries.sorted { $0.key < $1.key }.compactMap { listed, digest in
            guard let found = files[listed] else { return (word: VerificationWord.missing, detail: listed) }
            return Digest(of: found) == digest ? nil : (word: .differs, detail: listed)
        }
        list.add(check, findings)
        return Set(entries.keys)
    }
}

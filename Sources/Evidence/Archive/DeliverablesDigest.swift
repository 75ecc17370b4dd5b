public import FinOps
public import Foundation

/// The digest an approval names: SHA-256 of the manifest lines of `data/reports/`, so that
/// `grep '  data/reports/' manifest-sha256.txt | sha256sum` gives it from the archive.
public enum DeliverablesDigest {
    /// Of deliverables that are not archived yet. Paths are relative to the bag's `data`: `reports/cfo.html`.
    public static func compute(_ deliverables: [(path: String, bytes: Data)]) -> Digest {
        compute(deliverables.map { ($0.path, Digest(of: $0.bytes)) })
    }

    /// The same from digests that are known already.
    public static func compute(_ deliverables: [(path: String, digest: Digest)]) -> Digest {
        Digest(of: ManifestText.encode(deliverables.map { ("data/" + $0.path, $0.digest) }))
    }
}

/// `manifest-sha256.txt` and its kin: `<hex>  <path>` lines, sorted by path.
enum ManifestText {
    static func encode(_ entries: [(path: String, digest: Digest)]) -> Data {
        let sorted = entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        return Data(sorted.map { "\($0.digest)  \($0.path)\n" }.joined().utf8)
    }

    /// Nil for anything `encode` would not write: only one spelling is accepted, so no two readers can differ over it.
    static func decode(_ bytes: Data) -> [String: Digest]? {
        var entries: [(path: String, digest: Digest)] = []
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            guard line.utf8.count > 66, let digest = Digest(String(line.prefix(64))) else { return nil }
            entries.append((String(line.dropFirst(66)), digest))
        }
        guard encode(entries) == bytes else { return nil }
        let result = Dictionary(entries, uniquingKeysWith: { first, _ in first })
        return result.count == entries.count ? result : nil
    }
}

public import Foundation

/// The parts of a request that a signature covers, exactly as they stand on the wire.
public struct WireRequest: Sendable {
    public struct Header: Hashable, Sendable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public let method: String
    /// As sent, escaped once. Empty means `/`.
    public let path: String
    /// Without the question mark, as sent.
    public let query: String
    /// In any order; a repeated name keeps its order. `Host` must be among them.
    public var headers: [Header]
    public let body: Data

    public init(method: String, path: String, query: String = "", headers: [Header], body: Data = Data()) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    func values(of name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name }.map(\.value)
    }
}

/// How a service wants the path in its canonical request.
public enum PathRule: Hashable, Sendable {
    /// Every service but S3: the path of the wire is escaped once more, and `.`, `..` and empty segments are resolved.
    case escapedTwice(normalised: Bool)
    /// S3: escaped once, nothing resolved, since `a//b` and `../a` are names of objects, and `a%2Fb` is not `a/b`.
    case escapedOnce

    public static let standard = PathRule.escapedTwice(normalised: true)

    func canonicalPath(_ path: String) -> String {
        switch self {
        case .escapedOnce:
            PercentEncoding.completed(path.isEmpty ? "/" : path)
        case .escapedTwice(let normalised):
            PercentEncoding.encode(
                (normalised ? Self.resolved(path) : path.isEmpty ? "/" : path).utf8, keepingSlash: true)
        }
    }

    private static func resolved(_ path: String) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") where segment != "." {
            if segment == ".." {
                _ = segments.popLast()
            } else {
                segments.append(segment)
            }
        }
        let isFolder = path.hasSuffix("/") || path.hasSuffix("/.") || path.hasSuffix("/..")
        return "/" + segments.joined(separator: "/") + (isFolder && !segments.isEmpty ? "/" : "")
    }
}

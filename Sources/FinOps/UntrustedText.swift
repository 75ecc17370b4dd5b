import Foundation

/// Names, messages and reasons that people or services outside this program chose. They are cleaned here and escaped by
/// `Escape` for the format they go into; nothing else may print them.
public struct UntrustedText: Hashable, ExpressibleByStringLiteral {
    /// One line, without anything invisible, cut to the limit.
    public let text: String

    /// An account name has at most 50 characters at AWS; whatever is longer than this is not a name.
    public static let nameLimitBytes = 256
    public static let reasonLimitBytes = 1024

    public init(_ raw: String, limitBytes: Int = Self.nameLimitBytes) {
        var scalars = String.UnicodeScalarView()
        var bytes = 0
        var wasSpace = true
        for scalar in Self.composed(raw).unicodeScalars {
            let isSpace = scalar.properties.isWhitespace
            guard isSpace || Self.isVisible(scalar) else { continue }
            if isSpace, wasSpace { continue }
            let kept: Unicode.Scalar = isSpace ? " " : scalar
            bytes += UTF8.width(kept)
            guard bytes <= limitBytes else {
                scalars.append("…")
                break
            }
            scalars.append(kept)
            wasSpace = isSpace
        }
        if scalars.last == " " { scalars.removeLast() }
        text = scalars.isEmpty ? "(no name)" : String(scalars)
    }

    public init(stringLiteral text: String) {
        self.init(text)
    }

    /// One spelling for what looks the same. A text far over every limit is not worth the work.
    private static func composed(_ raw: String) -> String {
        raw.utf8.count <= 65_536 ? raw.precomposedStringWithCanonicalMapping : String(raw.unicodeScalars.prefix(65_536))
    }

    /// Control characters could end a header or hide text; format characters reorder or vanish (bidirectional overrides,
    /// zero-width joiners, tags); the rest of these categories has no glyph.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}

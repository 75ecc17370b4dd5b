import Foundation

/// The body of a JSON-protocol request. Members are sorted, so that equal questions are equal bytes and equal digests.
enum RequestJSON: Hashable, Sendable {
    case text(String)
    case integer(Int)
    case list([RequestJSON])
    case object([String: RequestJSON])

    var data: Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Text, integers and their collections always encode.
        // swift-format-ignore: NeverUseForceTry
        return try! encoder.encode(self)
    }

    /// With `value` as a further member, when there is one.
    func adding(_ name: String, _ value: String?) -> RequestJSON {
        guard let value, case .object(var members) = self else { return self }
        members[name] = .text(value)
        return .object(members)
    }

    static func texts(_ values: [String]) -> RequestJSON { .list(values.map { .text($0) }) }
}

extension RequestJSON: Encodable {
    func encode(to encoder: any Encoder) throws {
        switch self {
        case .text(let text):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        case .integer(let number):
            var container = encoder.singleValueContainer()
            try container.encode(number)
        case .list(let elements):
            var container = encoder.singleValueContainer()
            try container.encode(elements)
        case .object(let members):
            var container = encoder.singleValueContainer()
            try container.encode(members)
        }
    }
}

extension RequestJSON: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
    ExpressibleByIntegerLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int) { self = .integer(value) }
    init(arrayLiteral elements: RequestJSON...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, RequestJSON)...) {
        self = .object(Dictionary(uniqueKeysWithValues: elements))
    }
}

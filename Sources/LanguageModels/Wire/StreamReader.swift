import FinOps
import Foundation

/// Cuts a streamed body into events, however its pieces arrive.
struct StreamReader {
    let framing: StreamFraming
    private var rest = Data()

    init(_ framing: StreamFraming) {
        self.framing = framing
    }

    /// The events that are complete with these bytes. Throws `MalformedAnswer`.
    mutating func take(_ bytes: Data) throws -> [StreamEvent] {
        rest += bytes
        return switch framing {
        case .serverSentEvents: try serverSentEvents()
        case .jsonLines: try lines().filter { !$0.isEmpty }.map { StreamEvent(name: "", data: try Self.json($0)) }
        case .awsEventStream: try frames()
        }
    }

    // MARK: text

    private mutating func lines() -> [Data] {
        var found: [Data] = []
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            var line = rest[rest.startIndex..<end]
            if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
            found.append(Data(line))
            rest = Data(rest[rest.index(after: end)...])
        }
        return found
    }

    private var name = ""
    private var data: [String] = []

    /// https://html.spec.whatwg.org/multipage/server-sent-events.html, without ids and retries.
    private mutating func serverSentEvents() throws -> [StreamEvent] {
        var events: [StreamEvent] = []
        for line in lines() {
            let text = String(decoding: line, as: UTF8.self)
            if text.isEmpty {
                // OpenAI's last event is no JSON.
                if !data.isEmpty, data != ["[DONE]"] {
                    events.append(
                        StreamEvent(name: name, data: try Self.json(Data(data.joined(separator: "\n").utf8))))
                }
                (name, data) = ("", [])
            } else if !text.hasPrefix(":") {
                let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                let value = parts.count == 2 ? String(parts[1].hasPrefix(" ") ? parts[1].dropFirst() : parts[1]) : ""
                if parts[0] == "event" { name = value }
                if parts[0] == "data" { data.append(value) }
            }
        }
        return events
    }

    // MARK: AWS frames

    private mutating func frames() throws -> [StreamEvent] {
        var events: [StreamEvent] = []
        while let frame = try EventStreamFrame.next(in: &rest) {
            guard let name = frame.headers[":event-type"] ?? frame.headers[":exception-type"] else {
                throw MalformedAnswer(reason: "an event without a type")
            }
            events.append(StreamEvent(name: name, data: try Self.json(frame.payload)))
        }
        return events
    }

    private static func json(_ bytes: Data) throws -> JSONValue {
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw MalformedAnswer(reason: "an event is not JSON")
        }
    }
}

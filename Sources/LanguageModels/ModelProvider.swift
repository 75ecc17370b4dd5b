import FinOps
import Foundation
import HTTP

/// How one provider is asked and how it answers. A provider is one file and one line in `ModelClient.provider`.
protocol ModelProvider: Sendable {
    /// How a streamed answer is cut into events.
    var framing: StreamFraming { get }

    func request(_ prompt: Prompt, model: String, streams: Bool) async throws -> HTTPRequest

    /// A whole answer. Throws `MalformedAnswer`.
    func read(_ document: JSONValue, into answer: inout ModelAnswer) throws

    /// One event of a streamed answer.
    func apply(_ event: StreamEvent, to answer: inout ModelAnswer) throws
}

enum StreamFraming: Sendable { case serverSentEvents, jsonLines, awsEventStream }

struct StreamEvent: Sendable {
    /// Empty where the framing has none.
    let name: String
    let data: JSONValue
}

/// The body is not what the provider's documentation promises.
struct MalformedAnswer: Error {
    let reason: String
}

/// An answer as far as it has come.
struct ModelAnswer: Sendable {
    enum Ending: Hashable, Sendable {
        case complete, cutOff
        /// The provider's own filter, or the model itself.
        case declined
        /// Trouble told in the middle of a stream.
        case failed(code: String)
    }

    var text = ""
    var model: String?
    var ending: Ending?
    var usage = ModelUsage()
}

extension JSONValue {
    /// A number at a path of members; 0 when there is none.
    func count(_ path: String...) -> Int { path.reduce(self as JSONValue?) { $0?[$1] }?.number ?? 0 }

    static func conversation(
        _ prompt: Prompt, first: (String, String) -> JSONValue, asker: (String) -> JSONValue,
        model: (String) -> JSONValue
    ) -> JSONValue {
        .array(
            prompt.turns.enumerated().map { index, turn in
                switch turn.speaker {
                case .asker where index == 0: first(prompt.material, turn.text)
                case .asker: asker(turn.text)
                case .model: model(turn.text)
                }
            })
    }
}

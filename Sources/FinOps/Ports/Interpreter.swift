/// A language model, asked in words. What it answers is a draft: nobody prints it before the verifier has read it.
public protocol Interpreter: Sendable {
    var model: ModelName { get }

    /// `onText` is shown each piece of the answer as it arrives. Throws `Trouble`.
    func interpret(_ prompt: Prompt, onText: (@Sendable (String) -> Void)?) async throws -> Interpretation
}

/// Which model is asked, as its provider names it.
public struct ModelName: Hashable, Codable, Sendable, CustomStringConvertible {
    /// `anthropic`, `openai`, `openai-responses`, `bedrock`, `ollama`.
    public let provider: String
    public let name: String
    /// The provider may put another model behind the name at any time.
    public let isFloating: Bool

    public init(provider: String, name: String, isFloating: Bool) {
        self.provider = provider
        self.name = name
        self.isFloating = isFloating
    }

    public var description: String { "\(provider)=\(name)" }
}

/// Everything a model is told. The instruction is the program's own and the same for every month; what other people chose
/// stands in the material alone, as quoted JSON.
public struct Prompt: Hashable, Codable, Sendable {
    public struct Turn: Hashable, Codable, Sendable {
        public enum Speaker: String, Codable, Sendable { case asker, model }

        public let speaker: Speaker
        public let text: String

        public init(_ speaker: Speaker, _ text: String) {
            self.speaker = speaker
            self.text = text
        }
    }

    public let instruction: String
    /// JSON: facts, and names as untrusted strings.
    public let material: String
    /// The asker's first.
    public let turns: [Turn]
    public let outputLimitTokens: Int

    public init(instruction: String, material: String, turns: [Turn], outputLimitTokens: Int = 1024) {
        self.instruction = instruction
        self.material = material
        self.turns = turns
        self.outputLimitTokens = outputLimitTokens
    }

    public func adding(_ more: [Turn]) -> Prompt {
        Prompt(
            instruction: instruction, material: material, turns: turns + more, outputLimitTokens: outputLimitTokens)
    }
}

/// What a model answered, and what that took.
public struct Interpretation: Hashable, Codable, Sendable {
    public let text: String
    public let model: ModelName
    /// The version that says to have answered; nil when the provider does not tell.
    public let answeredBy: String?
    public let requestID: String?
    public let usage: ModelUsage

    public init(text: String, model: ModelName, answeredBy: String?, requestID: String?, usage: ModelUsage) {
        self.text = text
        self.model = model
        self.answeredBy = answeredBy
        self.requestID = requestID
        self.usage = usage
    }
}

/// Tokens as the provider counted them. Those read from its cache are among the input.
public struct ModelUsage: Hashable, Codable, Sendable {
    public var inputTokens: Int
    public var cachedInputTokens: Int
    public var outputTokens: Int
    /// Nil when no prices are set.
    public var costUSD: ExactDecimal?

    public init(
        inputTokens: Int = 0, cachedInputTokens: Int = 0, outputTokens: Int = 0, costUSD: ExactDecimal? = nil
    ) {
        self.inputTokens = inputTokens
        self.cachedInputTokens = cachedInputTokens
        self.outputTokens = outputTokens
        self.costUSD = costUSD
    }

    public static func + (left: Self, right: Self) -> Self {
        Self(
            inputTokens: left.inputTokens + right.inputTokens,
            cachedInputTokens: left.cachedInputTokens + right.cachedInputTokens,
            outputTokens: left.outputTokens + right.outputTokens,
            costUSD: left.costUSD.flatMap { cost in right.costUSD.map { cost + $0 } })
    }
}

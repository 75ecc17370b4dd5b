public import FinOps

/// Which model is asked where, how long, and for how much. Holds no key: that is read when it is needed.
public struct ModelSettings: Hashable, Sendable {
    public enum Provider: String, CaseIterable, Sendable {
        case anthropic, openai
        case openAIResponses = "openai-responses"
        case bedrock, ollama

        /// Where the provider itself answers; Bedrock's place follows from the region.
        public var standardURL: String? {
            switch self {
            case .anthropic: "https://api.anthropic.com"
            case .openai, .openAIResponses: "https://api.openai.com"
            case .bedrock: nil
            case .ollama: "http://127.0.0.1:11434"
            }
        }

        /// Whether requests carry a key; Bedrock signs, Ollama is this machine's own.
        public var takesKey: Bool { self != .bedrock && self != .ollama }
    }

    public let provider: Provider
    public let model: String
    /// Without a slash at its end.
    public let baseURL: String
    /// All attempts of one question together.
    public var deadlineSeconds = 120
    public var attempts = 3
    /// Answers arrive in pieces where somebody watches.
    public var streams = true
    public var prices: ModelPrices?
    /// Of one process; nothing is asked that could exceed it.
    public var spendingLimitUSD: ExactDecimal?

    /// Nil unless the URL is https, or http on this machine.
    public init?(_ provider: Provider, model: String, baseURL: String) {
        var url = baseURL
        while url.hasSuffix("/") { url.removeLast() }
        let host = url.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).first ?? ""
        let isLocal = ["127.0.0.1", "localhost", "[::1]"].contains {
            host == $0 || host.hasPrefix($0 + ":")
        }
        guard !host.isEmpty, url.hasPrefix("https://") || (url.hasPrefix("http://") && isLocal), !model.isEmpty,
            model.unicodeScalars.allSatisfy({ (33...126).contains($0.value) })
        else { return nil }
        self.provider = provider
        self.model = model
        self.baseURL = url
    }

    public var name: ModelName { ModelName(provider: provider.rawValue, name: model, isFloating: isFloating) }

    /// A name without a date or a numbered version is an alias: the provider may put another model behind it.
    var isFloating: Bool {
        if model.contains("latest") { return true }
        let isDated = model.contains(/\d{4}-?\d{2}-?\d{2}/)
        switch provider {
        case .bedrock: return !(isDated || model.contains(/-v\d+:\d+$/))
        case .ollama: return !model.contains("@sha256:")
        case .anthropic, .openai, .openAIResponses: return !isDated
        }
    }
}

/// US dollars for a million tokens.
public struct ModelPrices: Hashable, Sendable {
    public let input: ExactDecimal
    public let output: ExactDecimal
    /// Of input read from the provider's cache.
    public let cachedInput: ExactDecimal

    public init(input: ExactDecimal, output: ExactDecimal, cachedInput: ExactDecimal? = nil) {
        self.input = input
        self.output = output
        self.cachedInput = cachedInput ?? input
    }

    /// `3.00:15.00`, or `3.00:15.00:0.30` with the price of cached input.
    public init?(_ text: String) {
        let amounts = text.split(separator: ":", omittingEmptySubsequences: false).map { ExactDecimal(String($0)) }
        guard (2...3).contains(amounts.count), let input = amounts[0], let output = amounts[1],
            amounts.allSatisfy({ $0.map { !$0.isNegative } ?? false })
        else { return nil }
        self.init(input: input, output: output, cachedInput: amounts.count == 3 ? amounts[2] : nil)
    }

    /// What is written into the cache costs more at some providers; that is counted as plain input.
    func cost(of usage: ModelUsage) -> ExactDecimal {
        let fresh = max(0, usage.inputTokens - usage.cachedInputTokens)
        return Self.part(fresh, input) + Self.part(usage.cachedInputTokens, cachedInput)
            + Self.part(usage.outputTokens, output)
    }

    private static func part(_ tokens: Int, _ price: ExactDecimal) -> ExactDecimal {
        ExactDecimal(units: price.units * Int128(tokens) / 1_000_000)
    }
}

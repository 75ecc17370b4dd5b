public import FinOps

/// What a process has spent on its model, and how much more it may.
public actor SpendingLedger {
    private let prices: ModelPrices?
    private let limitUSD: ExactDecimal?
    private(set) var spent: ModelUsage
    public private(set) var questions = 0

    init(prices: ModelPrices?, limitUSD: ExactDecimal?) {
        self.prices = prices
        self.limitUSD = limitUSD
        spent = ModelUsage(costUSD: prices.map { _ in .zero })
    }

    public var usage: ModelUsage { spent }

    /// Refuses a question that could exceed the limit. Throws `Trouble`.
    func reserve(for prompt: Prompt, model: ModelName) throws {
        questions += 1
        guard let limitUSD, let prices else { return }
        let worst = prices.cost(of: Self.worstCase(prompt))
        guard (spent.costUSD ?? .zero) + worst <= limitUSD else {
            throw Trouble(
                .notOffered, code: "SpendingLimit",
                message: "the question could cost USD \(worst.text(fractionDigits: 4)), and USD "
                    + "\((limitUSD - (spent.costUSD ?? .zero)).text(fractionDigits: 4)) are left of the limit",
                operation: "\(model)", hint: "raise `interpreter_spending_limit`")
        }
    }

    /// Counts an answer; one that did not say what it took is counted at most. Returns it with its cost.
    @discardableResult
    func note(_ usage: ModelUsage, orAtMost prompt: Prompt?) -> ModelUsage {
        var counted = usage
        if usage.inputTokens == 0, usage.outputTokens == 0, let prompt { counted = Self.worstCase(prompt) }
        counted.costUSD = prices?.cost(of: counted)
        spent = spent + counted
        return counted
    }

    /// A token of English is about four bytes; two are assumed.
    private static func worstCase(_ prompt: Prompt) -> ModelUsage {
        let bytes =
            prompt.instruction.utf8.count + prompt.material.utf8.count
            + prompt.turns.map(\.text.utf8.count).reduce(0, +)
        return ModelUsage(inputTokens: bytes / 2 + 64, outputTokens: prompt.outputLimitTokens)
    }
}

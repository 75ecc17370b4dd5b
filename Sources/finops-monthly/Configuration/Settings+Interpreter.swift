import FinOps
import LanguageModels

/// Which model is asked, and where its key is read. Without `interpreter` there is none, and nothing asks for one.
struct InterpreterSetting: Sendable {
    let model: ModelSettings
    let key: SecretSource?
}

extension Settings {
    /// Nil when no model is named.
    /// - Parameter region: Of Bedrock, when `interpreter_url` names no place.
    func interpreter(region: String?) throws -> InterpreterSetting? {
        let providers = ModelSettings.Provider.allCases.map(\.rawValue).joined(separator: ", ")
        guard
            let chosen = try value(
                .interpreter, as: "PROVIDER=MODEL for one of \(providers)",
                parse: { text -> (ModelSettings.Provider, String)? in
                    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                    guard parts.count == 2 else { return nil }
                    return ModelSettings.Provider(rawValue: parts[0]).map { ($0, parts[1]) }
                })
        else { return nil }
        let url =
            self[.interpreterURL]?.text ?? chosen.0.standardURL
            ?? "https://bedrock-runtime.\(region ?? "us-east-1").amazonaws.com"
        guard var model = ModelSettings(chosen.0, model: chosen.1, baseURL: url) else {
            throw InputError(
                "bad_setting",
                "\(self[.interpreterURL]?.origin.description ?? "settings"): the model's address must be https",
                hint: "plain http is taken for this machine alone, such as http://127.0.0.1:11434")
        }
        model.deadlineSeconds = try value(.interpreterDeadlineSeconds, as: "a whole number of seconds from 1 to 3600") {
            Int($0).flatMap { (1...3600).contains($0) ? $0 : nil }
        }!
        model.prices = try value(
            .interpreterPrices,
            as: "INPUT:OUTPUT or INPUT:OUTPUT:CACHED in USD for a million tokens, such as 3.00:15.00",
            parse: { ModelPrices($0) })
        model.spendingLimitUSD = try value(.interpreterSpendingLimit, as: "an amount in USD such as 0.50") {
            ExactDecimal($0).flatMap { $0.isNegative ? nil : $0 }
        }
        guard model.spendingLimitUSD == nil || model.prices != nil || chosen.0 == .ollama else {
            throw InputError(
                "limit_without_prices", "`interpreter_spending_limit` needs the prices of the model",
                hint: "set `interpreter_prices`, for example 3.00:15.00; the provider's price page names them")
        }
        return InterpreterSetting(model: model, key: try interpreterKey())
    }

    /// A key itself is refused without being quoted.
    private func interpreterKey() throws -> SecretSource? {
        guard let value = self[.interpreterKey] else { return nil }
        guard let source = SecretSource(value.text) else {
            throw InputError(
                "bad_setting",
                "\(value.origin): `interpreter_key` must name a place: env:NAME, file:PATH or command:TEXT",
                hint: "for example `interpreter_key: env:ANTHROPIC_API_KEY`; the key itself never stands in a setting")
        }
        return source
    }
}

import FinOps

/// AWS's compound words as people say them: `PurchaseSavingsPlans` of `ComputeSavingsPlans` is to buy compute savings plans.
enum AdviceWords {
    static func whatToDo(_ advice: SavingsRecommendation) -> String {
        (actions[advice.action] ?? capitalised(plain(advice.action))) + " " + plain(advice.resourceType)
    }

    static func effortAndSource(_ advice: SavingsRecommendation) -> [String] {
        [advice.effort.map { "effort " + plain($0) }, advice.source.map { sources[$0] ?? plain($0) }].compactMap { $0 }
    }

    private static let actions = [
        "PurchaseSavingsPlans": "Buy", "PurchaseReservedInstances": "Buy", "MigrateToGraviton": "Move to Graviton:",
        "Rightsize": "Resize",
    ]
    private static let sources = ["ComputeOptimizer": "Compute Optimizer", "CostExplorer": "Cost Explorer"]
    private static let abbreviations: Set<String> = [
        "Ec2", "Ebs", "Rds", "Db", "Ecs", "Eks", "Nat", "Mq", "Sp",
    ]

    private static let names: Set<String> = ["Lambda", "Graviton", "Aurora"]

    /// `RdsDbInstance` → `RDS DB instance`; what is no compound stays as it is.
    static func plain(_ compound: String) -> String {
        guard compound.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else { return compound }
        var words: [String] = []
        for character in compound {
            if character.isUppercase || words.isEmpty {
                words.append(String(character))
            } else {
                words[words.count - 1].append(character)
            }
        }
        return words.map {
            abbreviations.contains($0) ? $0.uppercased() : names.contains($0) ? $0 : $0.lowercased()
        }.joined(separator: " ")
    }

    private static func capitalised(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() }
}

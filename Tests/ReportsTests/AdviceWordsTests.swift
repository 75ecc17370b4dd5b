import FinOps
import Testing

@testable import Reports

@Suite struct `AWS's advice in plain words` {
    private func advice(_ action: String, _ type: String, effort: String? = nil, source: String? = nil)
        -> SavingsRecommendation
    {
        SavingsRecommendation(
            id: "r", account: nil, region: nil, resource: nil, resourceType: type, action: action, effort: effort,
            source: source, monthlySavings: Money("1", .usd), monthlyCost: nil)
    }

    @Test(arguments: [
        ("PurchaseSavingsPlans", "ComputeSavingsPlans", "Buy compute savings plans"),
        ("PurchaseReservedInstances", "RdsReservedInstances", "Buy RDS reserved instances"),
        ("Delete", "EbsVolume", "Delete EBS volume"), ("Rightsize", "RdsDbInstance", "Resize RDS DB instance"),
        ("MigrateToGraviton", "Ec2Instance", "Move to Graviton: EC2 instance"),
        ("Rightsize", "LambdaFunction", "Resize Lambda function"), ("ScaleIn", "EcsService", "Scale in ECS service"),
        ("<b>", "a|b", "<b> a|b"),
    ])
    func `what to do is said as people say it, and what is no compound stays`(
        action: String, type: String, words: String
    ) {
        #expect(AdviceWords.whatToDo(advice(action, type)) == words)
    }

    @Test func `effort and source are words too, and left out where AWS does not say`() {
        let said = advice("Delete", "EbsVolume", effort: "VeryLow", source: "ComputeOptimizer")
        #expect(AdviceWords.effortAndSource(said) == ["effort very low", "Compute Optimizer"])
        #expect(AdviceWords.effortAndSource(advice("Delete", "EbsVolume")).isEmpty)
    }
}

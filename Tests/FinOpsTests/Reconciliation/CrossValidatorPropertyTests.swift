import FinOps
import TestSupport
import Testing

/// Months made at random, seeded so that a failure can be repeated; the truth about each is known because it was built in.
@Suite struct `Months made at random` {
    private struct Month {
        var services: [(String, String, ExactDecimal)] = []
        var recordTypes: [(String, String, ExactDecimal)] = []
        var discount: ExactDecimal = .zero
    }

    /// Both layers from the same charges: usage and tax in both, the partner discount in L3 only.
    private func month(_ random: inout SeededRandom) -> Month {
        var month = Month()
        for index in 0..<Int.random(in: 1...12, using: &random) {
            let account = String(100_000_000_000 + index)
            var usage: ExactDecimal = .zero
            for service in ["Amazon EC2", "Amazon RDS", "Amazon S3"] {
                let amount = random.amount()
                usage += amount
                month.services.append((account, service, amount))
            }
            month.recordTypes.append((account, "Usage", usage))
            let discount = -(usage * "0.059")
            month.discount += discount
            month.recordTypes.append((account, "Solution Provider Program Discount", discount))
        }
        return month
    }

    @Test(arguments: 0..<100)
    func `what was built from the same charges is always explained, and what was added is always found`(seed: UInt64) {
        var random = SeededRandom(state: seed)
        let month = month(&random)
        let clean = check(month)
        #expect(clean.residual == .zero && clean.residualByAccountAbsolute == .zero && clean.rootCauses.isEmpty)
        #expect(clean.items.map(\.amount).sum() == month.discount)
        #expect(clean.rawDifference == month.discount.magnitude)

        var disturbed = month
        let victim = Int.random(in: 0..<month.services.count, using: &random)
        let error = random.amount() + "1"
        disturbed.services[victim].2 += error
        let found = check(disturbed)
        #expect(found.residual == error && found.residualByAccountAbsolute == error)
        #expect(found.accountResiduals.map(\.account) == [month.services[victim].0])
        #expect(found.rootCauses.first?.amount == error)
    }

    @Test(arguments: 0..<50)
    func `residuals of accounts add up to the residual, and the order of lines means nothing`(seed: UInt64) {
        var random = SeededRandom(state: seed)
        var month = month(&random)
        for index in month.services.indices where Bool.random(using: &random) {
            month.services[index].2 += random.amount()
        }
        let check = check(month)
        #expect(check.accountResiduals.map(\.residual).sum() == check.residual)
        #expect(check.accountResiduals.map(\.residual.magnitude).sum() == check.residualByAccountAbsolute)
        for account in check.accountResiduals {
            #expect(account.layer1 + account.explained - account.layer3 == account.residual)
        }
        var shuffled = month
        shuffled.services.shuffle(using: &random)
        shuffled.recordTypes.shuffle(using: &random)
        let again = self.check(shuffled)
        #expect(again.accountResiduals == check.accountResiduals && again.items == check.items)
        #expect(again.rootCauses == check.rootCauses && again.identities == check.identities)
    }

    private func check(_ month: Month) -> CrossValidation {
        SampleMonth.crossValidation(
            SampleCollection.collection(services: month.services, recordTypes: month.recordTypes))
    }
}

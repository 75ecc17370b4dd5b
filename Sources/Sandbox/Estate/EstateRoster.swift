/// Makes the accounts: a payer, platform accounts, workloads in four-deep units, two suspended and one departed account.
enum EstateRoster {
    static let payerID = "111122223333"

    /// `activeCount` active accounts including the payer, then two suspended, then the departed one.
    static func accounts(activeCount: Int, seed: UInt64) -> [EstateAccount] {
        let ranks = spendRanks(activeCount: activeCount, seed: seed)
        var taken: Set<String> = [payerID]
        var accounts = (0..<activeCount).map { index in
            account(index, id: index == 0 ? payerID : freshID(index, seed, &taken), rank: ranks[index], activeCount)
        }
        for (offset, name) in ["legacy-intranet", "acquired-billing-2019"].enumerated() {
            let index = activeCount + offset
            // One of the two still pays for forgotten disks: a closed account belongs in the total all the same.
            accounts.append(
                EstateAccount(
                    id: freshID(index, seed, &taken), name: name, email: "aws+\(name)@kowhai.example",
                    membership: .suspended, environment: .sandbox, costCenter: "CC-900",
                    parent: OrganizationalUnit.suspended.id, homeRegion: 0, weight: offset == 0 ? 40_000 : 0,
                    rank: index + 1))
        }
        accounts.append(
            EstateAccount(
                id: freshID(activeCount + 2, seed, &taken), name: "spun-off-loyalty", email: "aws@loyalty.example",
                membership: .departed, environment: .production, costCenter: "CC-901",
                parent: OrganizationalUnit.rootID, homeRegion: 0, weight: 1_600_000, rank: activeCount + 3))
        return accounts
    }

    private static func account(_ index: Int, id: String, rank: Int, _ activeCount: Int) -> EstateAccount {
        let (unit, environment) = placement(index)
        let name = name(index, environment)
        return EstateAccount(
            id: id, name: name, email: "aws+\(BoundedText.padded(index, 4))@kowhai.example", membership: .active,
            environment: environment, costCenter: "CC-\(100 + index % 9 * 10)", parent: unit,
            homeRegion: index % 11 == 4 ? 1 : index % 13 == 7 ? 2 : 0, weight: weight(rank, activeCount), rank: rank)
    }

    private static func placement(_ index: Int) -> (unit: String, EstateAccount.Environment) {
        switch index {
        case 0: (OrganizationalUnit.rootID, .platform)
        case 1, 2: (OrganizationalUnit.security.id, .platform)
        case 3, 4: (OrganizationalUnit.infrastructure.id, .platform)
        case 5: (OrganizationalUnit.network.id, .platform)
        default:
            switch index % 10 {
            case 0, 1: (OrganizationalUnit.core.id, .production)
            case 2: (OrganizationalUnit.payments.id, .production)
            case 3, 4: (OrganizationalUnit.digital.id, .production)
            case 5: (OrganizationalUnit.production.id, .production)
            case 6, 7: (OrganizationalUnit.development.id, .development)
            case 8: (OrganizationalUnit.test.id, .development)
            default: (OrganizationalUnit.sandbox.id, .sandbox)
            }
        }
    }

    /// Names that renderers must survive come first; the others are plain.
    private static let firstNames = [
        "Kōwhai Management", "security-audit", "log-archive", "shared-services", "ci-runners", "network-hub",
        "R&D \"Blue Sky\"", "Tāmaki Makaurau – prod", "payments <core>", "o'brien's sandbox", "core-ledger",
        "Zürich Rück 合作", "emoji 🚀 launchpad", "comma, semicolon; pipe|", "=SUM(A1:A9)", "percent %20 & plus +",
    ]
    private static let products = [
        "ledger", "cards", "loans", "mobile", "web", "search", "identity", "pricing", "fraud", "statements",
        "data-lake",
        "notifications", "reporting",
    ]

    private static func name(_ index: Int, _ environment: EstateAccount.Environment) -> String {
        if index < firstNames.count { return firstNames[index] }
        let suffix =
            switch environment {
            case .production: "prod"
            case .development: index % 10 == 8 ? "test" : "dev"
            case .sandbox: "sandbox"
            case .platform: "platform"
            }
        return "\(products[index % products.count])-\(suffix)-\(BoundedText.padded(index, 2))"
    }

    /// Pareto with α = 8/7: rank^(−7/8) by square roots, which IEEE 754 makes equal on every machine. The last tenth of the
    /// ranks spends next to nothing and the last three spend nothing.
    private static func weight(_ rank: Int, _ activeCount: Int) -> Int64 {
        if rank > activeCount - 3 { return 0 }
        let root = Double(rank).squareRoot()
        let fourth = root.squareRoot()
        let weight = Int64(100_000_000 / (root * fourth * fourth.squareRoot()))
        return rank > activeCount - smallAccounts(activeCount) ? weight / 60 : weight
    }

    /// Production accounts draw from the front of the queue, the payer from the middle. Accounts that truths are planted in
    /// never end up among those that spend next to nothing.
    private static func spendRanks(activeCount: Int, seed: UInt64) -> [Int] {
        let keys = (0..<activeCount).map { index -> UInt64 in
            var random = SplitMix64(seed, 1, UInt64(index))
            let draw = random.next()
            return index == 0 ? UInt64.max / 2 : placement(index).1 == .production ? draw >> 1 : draw
        }
        let drawn = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
        let tail = drawn.filter { $0 >= PlantedCharges.accountsUsed }.suffix(smallAccounts(activeCount))
        let order = drawn.filter { !tail.contains($0) } + tail
        var ranks = [Int](repeating: 0, count: activeCount)
        for (position, index) in order.enumerated() { ranks[index] = position + 1 }
        return ranks
    }

    private static func smallAccounts(_ activeCount: Int) -> Int { max(4, activeCount / 10) }

    private static func freshID(_ index: Int, _ seed: UInt64, _ taken: inout Set<String>) -> String {
        var random = SplitMix64(seed, 2, UInt64(index))
        while true {
            let number = Int(random.below(900_000_000_000)) + 100_000_000_000
            let id = index == 7 ? "0" + BoundedText.padded(number / 10, 11) : String(number)
            if taken.insert(id).inserted { return id }
        }
    }
}

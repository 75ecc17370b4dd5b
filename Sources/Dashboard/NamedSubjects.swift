import FinOps
import Reports

/// Finds accounts and services by what people call them. A name that nothing bears is refused: an empty table would look
/// like no cost.
struct NamedSubjects {
    private let accounts: [(id: String, name: String, path: [String])]
    private let services: [String]

    init(_ collection: CostCollection, _ inventory: AccountInventory) {
        let listed = inventory.accounts.map { ($0.id, $0.name, $0.organizationalUnits ?? []) }
        let known = Set(inventory.accounts.map(\.id))
        let charged = Set(collection.recordTypes.value.map { Self.keys(.account, $0) } ?? []).subtracting(known)
        accounts = listed + charged.sorted().map { ($0, $0, []) }
        services = Set(collection.services.value.map { Self.keys(.service, $0) } ?? []).sorted()
    }

    private static func keys(_ dimension: CostQuery.Dimension, _ ledger: CostLedger) -> [String] {
        ledger.lines.compactMap { ledger.key(dimension, of: $0) }
    }

    func accounts(_ names: [String], flag: String) throws -> Set<String> {
        try union(names) { name in
            let found = accounts.filter { $0.id == name || $0.name.lowercased() == name.lowercased() }.map(\.id)
            guard found.isEmpty else { return found }
            throw refusal(
                flag, .account, name, among: accounts.map(\.name),
                hint: "an account is named by its 12 digits or its name")
        }
    }

    /// Every account below the unit: `Workloads` holds `Workloads/Prod`.
    func accounts(inUnits units: [String], flag: String) throws -> Set<String> {
        try union(units) { unit in
            let wanted = unit.split(separator: "/").map { Self.trimmed($0).lowercased() }
            let found = accounts.filter { $0.path.map { $0.lowercased() }.starts(with: wanted) && !wanted.isEmpty }
            guard found.isEmpty else { return found.map(\.id) }
            let units = Set(accounts.map { $0.path.joined(separator: "/") }.filter { !$0.isEmpty })
            throw refusal(
                flag, .unit, unit, among: units.sorted(), hint: "write it from the root down, as in ou:Workloads/Prod")
        }
    }

    func services(_ names: [String], flag: String) throws -> Set<String> {
        try union(names) { name in
            let wanted = name.lowercased()
            let exact = services.filter { $0.lowercased() == wanted }
            if !exact.isEmpty { return exact }
            let words = (Self.shortNames[wanted] ?? [wanted])
            let found = services.filter { service in
                words.contains { Self.words(of: service).contains(run: Self.words(of: $0)) }
            }
            guard found.isEmpty else { return found }
            throw refusal(
                flag, .service, name, among: services,
                hint: "`--services` takes AWS's own names, parts of them, or EC2, RDS, S3, …")
        }
    }

    func services(inFamilies families: [String], flag: String) throws -> Set<String> {
        try union(families) { family in
            let found = services.filter { ServiceFamily(of: $0).key == family.lowercased() }
            guard found.isEmpty else { return found }
            throw refusal(
                flag, .category, family, among: ServiceFamily.all.map(\.key),
                hint:
                    "categories with cost are \(Set(services.map { ServiceFamily(of: $0).key }).sorted().joined(separator: ", "))"
            )
        }
    }

    private enum Kind: String { case account, service, category, unit = "organizational unit" }

    private func union(_ names: [String], _ find: (String) throws -> [String]) rethrows -> Set<String> {
        try names.reduce(into: []) { $0.formUnion(try find($1)) }
    }

    private func refusal(
        _ flag: String, _ kind: Kind, _ name: String, among known: [String], hint: String
    ) -> InputError {
        let nearest = NearestName.suggestion(for: name, among: known).map { "did you mean `\($0)`?" }
        return InputError(
            "unknown_\(kind)", "`\(flag)`: no \(kind.rawValue) of the month is called `\(name)`", hint: nearest ?? hint)
    }

    private static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static func trimmed(_ text: Substring) -> String {
        text.split(separator: " ").joined(separator: " ")
    }

    /// What people type for names that do not contain it.
    private static let shortNames: [String: [String]] = [
        "ec2": ["Elastic Compute Cloud", "EC2"], "rds": ["Relational Database Service", "RDS"],
        "s3": ["Simple Storage Service", "S3"], "elb": ["Elastic Load Balancing"], "efs": ["Elastic File System"],
        "vpc": ["Virtual Private Cloud"], "ecs": ["Elastic Container Service"],
        "eks": ["Elastic Container Service for Kubernetes", "Elastic Kubernetes Service"],
        "ecr": ["EC2 Container Registry", "Elastic Container Registry"], "sqs": ["Simple Queue Service"],
        "sns": ["Simple Notification Service"], "ses": ["Simple Email Service"], "kms": ["Key Management Service"],
        "emr": ["Elastic MapReduce"], "dms": ["Database Migration Service"],
        "msk": ["Managed Streaming for Apache Kafka"],
        "ebs": ["Elastic Block Store"],
    ]
}

extension [String] {
    fileprivate func contains(run words: [String]) -> Bool {
        guard !words.isEmpty, count >= words.count else { return false }
        return (0...count - words.count).contains { Array(self[$0..<$0 + words.count]) == words }
    }
}

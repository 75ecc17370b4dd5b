public import FinOps

/// What the catalogue says of a table that Athena answers for. Free of charge.
extension Athena {
    public func description(of table: String, in database: String) async throws -> TableDescription {
        let found = try await ask(
            .getTable, ["DatabaseName": .text(database), "Name": .text(table)], as: TableAnswer.self
        ).value.Table
        let isProjected = found.Parameters?["projection.enabled"]?.lowercased() == "true"
        return TableDescription(
            location: try found.StorageDescriptor.address(.getTable),
            partitionKeys: found.PartitionKeys?.map(\.Name) ?? [],
            projectedLocation: isProjected ? found.Parameters?["storage.location.template"] : nil)
    }

    public func location(
        ofPartition values: [String], of table: String, in database: String
    ) async throws -> ObjectAddress {
        try await ask(
            .getPartition,
            [
                "DatabaseName": .text(database), "TableName": .text(table),
                "PartitionValues": .texts(values),
            ], as: PartitionAnswer.self
        ).value.Partition.StorageDescriptor.address(.getPartition)
    }
}

private struct TableAnswer: Decodable, Sendable {
    let Table: Description

    struct Description: Decodable, Sendable {
        let StorageDescriptor: Storage
        let PartitionKeys: [Key]?
        let Parameters: [String: String]?
    }

    struct Key: Decodable, Sendable {
        let Name: String
    }
}

private struct PartitionAnswer: Decodable, Sendable {
    let Partition: Description

    struct Description: Decodable, Sendable {
        let StorageDescriptor: Storage
    }
}

private struct Storage: Decodable, Sendable {
    let Location: String?

    /// Throws `Trouble` for a place that is no bucket.
    func address(_ call: ServiceCall) throws -> ObjectAddress {
        guard let address = ObjectAddress(Location ?? "") else {
            throw Trouble(
                .inconsistent, code: "UnreadableLocation", message: "\"\(Location ?? "")\" is no place in a bucket",
                operation: call.name)
        }
        return address
    }
}

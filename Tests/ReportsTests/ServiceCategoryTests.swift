import Testing

@testable import Reports

@Suite struct `What a service is for` {
    /// Services and FOCUS's own category of each, as a public generator of other clouds' exports names them.
    @Test(arguments: [
        ("Azure Functions", ServiceCategory.compute), ("Azure Kubernetes Service", .compute),
        ("Virtual Machines", .compute), ("Azure Cosmos DB", .database), ("Azure SQL Database", .database),
        ("Azure Monitor", .management), ("Virtual Network", .network), ("Azure Blob Storage", .storage),
        ("Cloud Functions", .compute), ("Cloud Run", .compute), ("Compute Engine", .compute),
        ("Google Kubernetes Engine", .compute), ("BigQuery", .analytics), ("Cloud SQL", .database),
        ("Cloud Monitoring", .management), ("Cloud Storage", .storage),
    ])
    func `is known of other clouds' commonest too`(service: String, category: ServiceCategory) {
        #expect(ServiceCategory(service: service) == category)
    }

    @Test(arguments: [
        ("Amazon Elastic Compute Cloud - Compute", ServiceCategory.compute), ("AWS Network Firewall", .network),
        ("Amazon Relational Database Service", .database), ("AWS Support (Business)", .support),
        ("AWS Step Functions", .compute), ("AWS Storage Gateway", .storage), ("Amazon Bedrock", .analytics),
    ])
    func `is what AWS's families say`(service: String, category: ServiceCategory) {
        #expect(ServiceCategory(service: service) == category)
    }

    @Test func `is not guessed of a name nobody knows`() {
        #expect(ServiceCategory(service: "Contoso Widgets") == .other)
    }
}

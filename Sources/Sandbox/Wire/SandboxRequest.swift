import FinOps
import Foundation

/// A request after its service and operation were found: JSON protocol by its target header, query protocol by its form.
struct SandboxRequest: Sendable {
    enum Dialect: Sendable { case json(version: String), query }

    /// `ce`, `organizations`, `sts`, …: the name troubles and the meter use.
    let service: String
    let operation: String
    let dialect: Dialect
    let caller: SandboxCaller
    let body: Data
    /// Decoded form fields of the query protocol.
    let form: [String: String]

    /// Target prefixes of the JSON services served or knowingly refused.
    static let services = [
        "AWSOrganizationsV20161128": "organizations", "AWSInsightsIndexService": "ce",
        "AWSBudgetServiceGateway": "budgets", "Invoicing": "invoicing",
        "CostOptimizationHubService": "cost-optimization-hub", "AWSBilling": "billing",
        "ComputeOptimizerService": "compute-optimizer",
    ]

    /// The parameters of a JSON request, with unknown members refused as AWS does.
    func parameters(_ known: Set<String>) throws -> JSONValue {
        guard let value = try? JSONValue(parsing: body.isEmpty ? Data("{}".utf8) : body), let members = value.members
        else {
            throw ServiceError(code: "SerializationException", message: "The request body is not a JSON object.")
        }
        if let unknown = members.keys.filter({ !known.contains($0) }).min() {
            throw ServiceError.validation("Unknown parameter in input: \"\(unknown)\"")
        }
        return value
    }
}

/// Form fields: `Action=GetCallerIdentity&Version=2011-06-15`.
enum FormFields {
    static func decode(_ text: String) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            fields[percentDecoded(parts[0])] = parts.count == 2 ? percentDecoded(parts[1]) : ""
        }
        return fields
    }

    private static func percentDecoded(_ text: Substring) -> String {
        var output: [UInt8] = []
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            if byte == UInt8(ascii: "+") {
                output.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), let high = bytes.next(), let low = bytes.next(),
                let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
            {
                output.append(value)
            } else {
                output.append(byte)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}

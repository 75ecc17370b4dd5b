import Dispatch
import FinOps
import Foundation
import Sandbox
import TestSupport
import Testing

@testable import AWS

/// boto3, asked the same question over the same wire, must decode the same figures.
@Suite struct BotoWitnessTests {
    private static let program = """
        import boto3, json, sys
        ce = boto3.client("ce")
        question = json.loads(sys.argv[1])
        lines, token = {}, {}
        while True:
            page = ce.get_cost_and_usage(**question, **token)
            for period in page["ResultsByTime"]:
                for group in period["Groups"]:
                    key = "|".join([period["TimePeriod"]["Start"]] + group["Keys"])
                    lines[key] = {name: amount["Amount"] for name, amount in group["Metrics"].items()}
            if not page.get("NextPageToken"):
                break
            token = {"NextPageToken": page["NextPageToken"]}
        print(json.dumps(lines))
        """

    @Test func `boto3 decodes every line to the same amounts, over pages that split a month`() async throws {
        try await FaultedWire.with {
            $0.sandbox = FaultedWire.smallest
            $0.sandbox?.pageSizeGroups = 200
        } _: { wire in
            let query = MonthFigures.query("L1", [.account, .service])
            let ledger = try await wire.services.costs.ledger(for: query)
            let question = String(decoding: CostExplorerCosts.body(query).data, as: UTF8.self)
            let output = try await python(question, wire)
            let witness = try JSONDecoder().decode([String: [String: String]].self, from: output)
            #expect(witness.count == ledger.lines.count)
            for line in ledger.lines {
                let amounts = witness[([line.day.description] + line.keys).joined(separator: "|")]
                for metric in CostMetric.allCases {
                    let text = try #require(amounts?[metric.apiName], "boto3 has no \(metric) for \(line.keys)")
                    #expect(ExactDecimal(text) == line.amount(metric))
                }
            }
            // The same wire: both went through the proxy, page by page.
            let asked = wire.proxy.sightings.filter { $0.operation == FaultRow.cost }
            #expect(asked.count == ledger.record.pages.count * 2)
        }
    }

    private func python(_ question: String, _ wire: FaultedWire) async throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [PythonProgram.interpreter, "-c", Self.program, question]
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("AWS_") }
        environment["AWS_ACCESS_KEY_ID"] = wire.sandbox.credentials.payer.accessKeyID
        environment["AWS_SECRET_ACCESS_KEY"] = wire.sandbox.credentials.payer.secretAccessKey
        environment["AWS_ENDPOINT_URL"] = wire.proxy.url
        environment["AWS_DEFAULT_REGION"] = "us-east-1"
        environment["AWS_CONFIG_FILE"] = "/dev/null"
        environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null"
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        // On a thread of its own: a blocked reader on the cooperative pool would starve the server it waits for.
        let data = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: output.fileHandleForReading.readDataToEndOfFile())
            }
        }
        process.waitUntilExit()
        try #require(
            process.terminationStatus == 0,
            "boto3 failed: run `\(PythonProgram.interpreter) -m pip install boto3` or set FINOPS_TEST_PYTHON")
        return data
    }
}

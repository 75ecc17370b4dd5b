import Foundation
import Sandbox
import TestSupport
import Testing

/// The sample estate answers for Cost Explorer, and moto for the bucket that its export was delivered to.
@Suite("Line items in a bucket")
struct BucketMonthTests {
    private static let deliver = """
        import boto3, pathlib, sys
        s3, folder = boto3.client("s3", region_name="us-east-1"), pathlib.Path(sys.argv[2])
        s3.create_bucket(Bucket="bills")
        for path in folder.rglob("*"):
            if path.is_file():
                s3.upload_file(str(path), "bills", "finops/month/" + str(path.relative_to(folder)))
        """

    /// A delivered month in a bucket, and a program that may read it.
    private func withDelivery(
        _ body: (_ month: ([String]) async throws -> BuiltTool.Run) async throws -> Void
    ) async throws {
        try await withMoto { moto in
            try await withSandbox { sandbox in
                let tool = try BuiltTool(sandbox: sandbox)
                let items = try await tool.run("sandbox", "--line-items", "export")
                #expect(items.status == 0, "\(items.errors)")
                let delivered = try await moto.python(Self.deliver, [tool.folder.path + "/export"])
                try #require(delivered.status == 0, "\(delivered.errors)")
                try await body { arguments in
                    try await tool.run(
                        arguments + ["--month", "2026-02"],
                        adding: ["AWS_ENDPOINT_URL_S3": moto.url, "FINOPS_DUCKDB": TestEngine.executable])
                }
            }
        }
    }

    private func usage(_ run: BuiltTool.Run) throws -> [String: Int] {
        (try run.json()["api"] as? [String: Any])?["calls"] as? [String: Int] ?? [:]
    }

    @Test func `agree with Cost Explorer to the cent, are counted, and are not fetched twice`() async throws {
        try await withDelivery { month in
            let command = ["run", "--no-screenshots", "--format", "json", "--source", "L3=s3://bills/finops/month"]
            let run = try await month(command)
            #expect(run.status == 75, "\(run.errors)")
            let gates = try #require(try run.json()["gates"] as? [[String: Any]])
            let reasons = gates.first { $0["id"] as? String == "G4" }?["reasons"] as? [String] ?? []
            #expect(reasons.count { $0.hasPrefix("L3e") && $0.contains("within rounding") } == 3, "\(reasons)")
            // The manifest, and the file it names in parts.
            #expect(try usage(run)["s3:GetObject", default: 0] >= 2)
            #expect(try usage(run)["s3:ListObjectsV2"] == 1)
            let again = try await month(command + ["--restate"])
            #expect(try usage(again)["s3:GetObject"] == 1, "\(again.errors)")
        }
    }

    @Test func `are the whole month, which no billing service is asked for`() async throws {
        try await withDelivery { month in
            let command = [
                "run", "--no-screenshots", "--format", "json", "--source", "L1=s3://bills/finops/month",
            ]
            let run = try await month(command)
            #expect(run.status == 75, "\(run.errors)")
            let result = try run.json()
            #expect((result["totals"] as? [String: Any])?["net"] as? String == "320071.78")
            #expect((result["export"] as? [String: Any])?["source"] as? String == "month")
            let calls = try usage(run)
            #expect(calls["s3:GetObject", default: 0] >= 2 && calls.keys.allSatisfy { $0.hasPrefix("s3:") }, "\(calls)")
            let gates = try #require(result["gates"] as? [[String: Any]])
            let reasons = gates.first { $0["id"] as? String == "G1" }?["reasons"] as? [String]
            #expect(
                reasons == [
                    "No caller was identified, and none needed to be: the month is read from the line items of month "
                        + "(FOCUS 1.2 of AWS)."
                ])
            let another = try await month(command + ["--all-profile", "nobody"])
            #expect(another.status == 64 && another.errors.contains("nobody"), "\(another.errors)")
            let single = try await month(["run", "--profile", "default", "--source", "L1=s3://bills/finops/month"])
            #expect(single.status == 64)
            #expect(single.errors.contains("`--all-profile` names whose credentials read a bucket"), "\(single.errors)")
        }
    }

    @Test func `are named by the plan, which asks nobody`() async throws {
        try await withDelivery { month in
            let plan = try await month(["plan", "--source", "L3=s3://no-such-bucket/month"])
            #expect(plan.status == 0, "\(plan.errors)")
            #expect(plan.output.contains("line items of s3://no-such-bucket/month, against L3 and the invoices"))
        }
    }

    @Test func `that are not there, or at AWS while the estate is not, are refused`() async throws {
        try await withDelivery { month in
            let absent = try await month(["run", "--source", "L3=s3://bills/finops/other"])
            #expect(absent.status == 64, "\(absent.errors)")
            #expect(absent.errors.contains("s3://bills/finops/other holds no objects"), "\(absent.errors)")
            let noBucket = try await month(["run", "--source", "L3=s3://no-such-bucket/month"])
            #expect(noBucket.status == 64, "\(noBucket.errors)")
            #expect(noBucket.errors.contains("s3://no-such-bucket/month does not exist"), "\(noBucket.errors)")
            for layer in ["L1", "L3"] {
                let sample = try await month(["run", "--sandbox", "--source", "\(layer)=s3://bills/finops/month"])
                #expect(sample.status == 64)
                #expect(sample.errors.contains("the sample estate has neither buckets nor tables"), "\(sample.errors)")
            }
        }
    }
}

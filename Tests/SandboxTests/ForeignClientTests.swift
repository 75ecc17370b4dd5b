import FinOps
import Foundation
import Testing

@testable import Sandbox

/// The sandbox as the AWS CLI and boto3 see it, over the real wire with signatures checked.
@Suite(.serialized) struct ForeignClientTests {
    @Test func `the AWS CLI learns who it is`() async throws {
        try await withSandbox { sandbox in
            try await Counterpart.require("awscli", package: "awscli", sandbox)
            let outcome = try await Counterpart.python(
                ["-m", "awscli", "sts", "get-caller-identity", "--output", "json"], sandbox, sandbox.credentials.payer)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let answer = try JSONValue(parsing: Data(outcome.output.utf8))
            #expect(answer["Account"]?.text == sandbox.estate.payer.id)
        }
    }

    @Test func `the AWS CLI lists 67 active and 2 suspended accounts over an empty page`() async throws {
        try await withSandbox { sandbox in
            try await Counterpart.require("awscli", package: "awscli", sandbox)
            let outcome = try await Counterpart.python(
                ["-m", "awscli", "organizations", "list-accounts", "--output", "json"], sandbox,
                sandbox.credentials.payer)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let accounts = try JSONValue(parsing: Data(outcome.output.utf8))["Accounts"]?.elements ?? []
            #expect(accounts.count { $0["Status"]?.text == "ACTIVE" } == 67)
            #expect(accounts.count { $0["Status"]?.text == "SUSPENDED" } == 2)
            #expect(await sandbox.meter.requests["organizations:ListAccounts"] == 5)
        }
    }

    @Test func `boto3 drains pages that split a month and finds the same total as without groups`() async throws {
        let script = """
            import boto3, collections, decimal, json
            ce = boto3.client("ce")
            period = {"Start": "2026-01-01", "End": "2026-03-01"}
            token, pages, groups, total = {}, 0, collections.Counter(), decimal.Decimal(0)
            while True:
                page = ce.get_cost_and_usage(TimePeriod=period, Granularity="MONTHLY", Metrics=["UnblendedCost"],
                    GroupBy=[{"Type": "DIMENSION", "Key": "LINKED_ACCOUNT"}, {"Type": "DIMENSION", "Key": "SERVICE"}], **token)
                pages += 1
                for result in page["ResultsByTime"]:
                    groups[result["TimePeriod"]["Start"]] += len(result["Groups"])
                    total += sum(decimal.Decimal(g["Metrics"]["UnblendedCost"]["Amount"]) for g in result["Groups"])
                if not page.get("NextPageToken"):
                    break
                token = {"NextPageToken": page["NextPageToken"]}
            control = ce.get_cost_and_usage(TimePeriod=period, Granularity="MONTHLY", Metrics=["UnblendedCost"])
            control = sum(decimal.Decimal(r["Total"]["UnblendedCost"]["Amount"]) for r in control["ResultsByTime"])
            print(json.dumps({"pages": pages, "periods": len(groups), "equal": total == control, "groups": sum(groups.values())}))
            """
        try await withSandbox(.with { $0.pageSizeGroups = 300 }) { sandbox in
            try await Counterpart.require("boto3", package: "boto3", sandbox)
            let outcome = try await Counterpart.python(["-c", script], sandbox, sandbox.credentials.payer)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let answer = try JSONValue(parsing: Data(outcome.output.utf8))
            let groups = try #require(answer["groups"]?.number)
            #expect(answer["equal"] == true)
            #expect(answer["periods"] == 2)
            #expect(answer["pages"]?.number == (groups + 299) / 300)
            #expect(await sandbox.meter.billedCostExplorerRequests == (groups + 299) / 300 + 1)
        }
    }

    @Test func `boto3 reads the codes of refused keys`() async throws {
        let script = """
            import boto3, botocore, sys
            try:
                boto3.client(sys.argv[1]).__getattribute__(sys.argv[2])()
            except botocore.exceptions.ClientError as error:
                print(error.response["Error"]["Code"])
            """
        try await withSandbox { sandbox in
            try await Counterpart.require("boto3", package: "boto3", sandbox)
            let known = sandbox.credentials
            let wrongSecret = SandboxKey(accessKeyID: known.payer.accessKeyID, secretAccessKey: "wrong")
            let unknown = SandboxKey(accessKeyID: "AKIAUNKNOWN000000000", secretAccessKey: "x")
            let expectations: [(SandboxKey, String, String, String)] = [
                (wrongSecret, "sts", "get_caller_identity", "SignatureDoesNotMatch"),
                (unknown, "sts", "get_caller_identity", "InvalidClientTokenId"),
                (known.expired, "sts", "get_caller_identity", "ExpiredToken"),
                (wrongSecret, "organizations", "list_accounts", "InvalidSignatureException"),
                (unknown, "organizations", "list_accounts", "UnrecognizedClientException"),
                (known.expired, "organizations", "list_accounts", "ExpiredTokenException"),
                (known.member, "organizations", "list_accounts", "AccessDeniedException"),
            ]
            for (key, service, operation, code) in expectations {
                let outcome = try await Counterpart.python(["-c", script, service, operation], sandbox, key)
                #expect(outcome.output == code + "\n", "\(service) \(outcome.errors)")
            }
        }
    }
}

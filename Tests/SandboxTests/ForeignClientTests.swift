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

    @Test func `boto3 reads budgets, invoices and a forecast, and works under an assumed role`() async throws {
        let script = """
            import boto3, json, sys
            me = boto3.client("sts").get_caller_identity()["Account"]
            budgets = boto3.client("budgets").describe_budgets(AccountId=me)["Budgets"]
            invoices = boto3.client("invoicing").list_invoice_summaries(
                Selector={"ResourceType": "ACCOUNT_ID", "Value": me}, Filter={"BillingPeriod": {"Month": 2, "Year": 2026}})
            forecast = boto3.client("ce").get_cost_forecast(TimePeriod={"Start": "2026-03-10", "End": "2026-04-01"},
                Granularity="MONTHLY", Metric="NET_UNBLENDED_COST")
            session = boto3.client("sts").assume_role(RoleArn=f"arn:aws:iam::{sys.argv[1]}:role/Reader",
                RoleSessionName="reader")["Credentials"]
            member = boto3.client("sts", aws_access_key_id=session["AccessKeyId"],
                aws_secret_access_key=session["SecretAccessKey"], aws_session_token=session["SessionToken"])
            print(json.dumps({"budgets": [b["BudgetName"] for b in budgets],
                "currencies": [i["PaymentCurrencyAmount"]["CurrencyCode"] for i in invoices["InvoiceSummaries"]],
                "periods": len(forecast["ForecastResultsByTime"]), "arn": member.get_caller_identity()["Arn"]}))
            """
        try await withSandbox { sandbox in
            try await Counterpart.require("boto3", package: "boto3", sandbox)
            let member = sandbox.estate.accounts[12].id
            let outcome = try await Counterpart.python(["-c", script, member], sandbox, sandbox.credentials.payer)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let answer = try JSONValue(parsing: Data(outcome.output.utf8))
            #expect(answer["budgets"] == ["organisation-monthly", "databases-monthly"])
            #expect(answer["currencies"] == ["NZD", "NZD"])
            #expect(answer["periods"] == 1)
            #expect(answer["arn"]?.text == "arn:aws:sts::\(member):assumed-role/Reader/reader")
        }
    }

    @Test func `boto3 reads what AWS itself says of anomalies, commitments and savings`() async throws {
        let script = """
            import boto3, json
            ce, hub = boto3.client("ce"), boto3.client("cost-optimization-hub")
            month = {"Start": "2026-02-01", "End": "2026-03-01"}
            databases = {"Dimensions": {"Key": "SERVICE", "Values": ["Amazon Relational Database Service"]}}
            anomalies = ce.get_anomalies(DateInterval={"StartDate": "2026-02-01", "EndDate": "2026-03-10"})["Anomalies"]
            details = ce.get_savings_plans_utilization_details(TimePeriod=month)
            coverage = ce.get_savings_plans_coverage(TimePeriod=month, Granularity="MONTHLY")["SavingsPlansCoverages"]
            use = ce.get_reservation_utilization(TimePeriod=month, Filter=databases,
                GroupBy=[{"Type": "DIMENSION", "Key": "SUBSCRIPTION_ID"}])
            hours = ce.get_reservation_coverage(TimePeriod=month, Filter=databases, Metrics=["Hour", "Cost"])["Total"]
            plans = boto3.client("savingsplans").describe_savings_plans(states=["active"])["savingsPlans"]
            one = hub.list_recommendations(maxResults=1)
            rest = hub.list_recommendations(maxResults=1, nextToken=one["nextToken"])
            everything = hub.list_recommendations(includeAllRecommendations=True)["items"]
            score = hub.list_efficiency_metrics(granularity="Monthly",
                timePeriod={"start": "2026-02-01", "end": "2026-03-01"})["efficiencyMetricsByGroup"]
            print(json.dumps({"anomalies": len(anomalies), "plans": sorted(p["savingsPlanArn"] for p in plans) ==
                sorted(d["SavingsPlanArn"] for d in details["SavingsPlansUtilizationDetails"]),
                "coverage": len(coverage), "groups": len(use["UtilizationsByTime"][0]["Groups"]) > 3,
                "hours": "ReservedHours" in hours["CoverageHours"],
                "pages": one["items"][0]["recommendationId"] != rest["items"][0]["recommendationId"],
                "resources": len(everything) - len(set(i["resourceId"] for i in everything)),
                "score": 50 < score[0]["metricsByTime"][0]["score"] < 100}))
            """
        try await withSandbox { sandbox in
            try await Counterpart.require("boto3", package: "boto3", sandbox)
            let outcome = try await Counterpart.python(["-c", script], sandbox, sandbox.credentials.payer)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(
                try JSONValue(parsing: Data(outcome.output.utf8)) == [
                    "anomalies": 2, "plans": true, "coverage": 1, "groups": true, "hours": true, "pages": true,
                    "resources": 1, "score": true,
                ])
        }
    }

    @Test func `boto3 simulates a reader and a writer, over both pages`() async throws {
        let script = """
            import boto3, sys
            iam = boto3.client("iam")
            pages = list(iam.get_paginator("simulate_principal_policy").paginate(PolicySourceArn=sys.argv[1],
                ActionNames=["ce:GetCostAndUsage", "ec2:TerminateInstances", "s3:PutObject"]))
            print(len(pages), *[r["EvalDecision"] for page in pages for r in page["EvaluationResults"]])
            try:
                iam.simulate_principal_policy(PolicySourceArn=sys.argv[1] + "x", ActionNames=["s3:PutObject"])
            except iam.exceptions.NoSuchEntityException as error:
                print(iam.get_role(RoleName="Reader")["Role"]["Path"])
            """
        try await withSandbox { sandbox in
            try await Counterpart.require("boto3", package: "boto3", sandbox)
            for (user, key, decision) in [
                ("finops", sandbox.credentials.payer, "implicitDeny"),
                ("admin", sandbox.credentials.administrator, "allowed"),
            ] {
                let arn = "arn:aws:iam::\(sandbox.estate.payer.id):user/\(user)"
                let outcome = try await Counterpart.python(["-c", script, arn], sandbox, key)
                #expect(outcome.output == "2 allowed \(decision) \(decision)\n/finops/\n", "\(outcome.errors)")
            }
        }
    }

    @Test func `botocore notices a truncated body, and takes other spoilt ones for an empty answer`() async throws {
        let script = """
            import boto3, sys
            try:
                print(sorted(boto3.client("organizations").describe_organization()))
            except Exception as error:
                print(type(error).__name__)
            """
        for (trouble, seen) in [
            ("truncated", "IncompleteReadError|ConnectionClosedError|ProtocolError|ResponseStreamingError"),
            // botocore takes a body that is not JSON for an empty answer: the reason why our client must not.
            ("malformed", "['ResponseMetadata']"), ("html-200", "['ResponseMetadata']"),
        ] {
            let parsed = try SandboxTrouble(parsing: trouble)
            try await withSandbox(.with { $0.troubles = [parsed] }) { sandbox in
                try await Counterpart.require("boto3", package: "boto3", sandbox)
                let outcome = try await Counterpart.python(["-c", script], sandbox, sandbox.credentials.payer)
                let name = outcome.output.split(separator: "\n").first.map(String.init) ?? ""
                #expect(seen.split(separator: "|").contains(Substring(name)), "\(trouble): \(outcome.output)")
            }
        }
    }

    @Test func `a clock that is an hour wrong is told so`() async throws {
        let script = """
            import datetime, http.client, sys
            import botocore.auth, botocore.awsrequest, botocore.credentials
            key = botocore.credentials.Credentials(sys.argv[2], sys.argv[3])
            wrong = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1)
            botocore.auth.get_current_datetime = lambda *a, **k: wrong.replace(tzinfo=None)
            request = botocore.awsrequest.AWSRequest("POST", sys.argv[1] + "/", data="{}", headers={
                "X-Amz-Target": "AWSOrganizationsV20161128.DescribeOrganization",
                "Content-Type": "application/x-amz-json-1.1", "Host": sys.argv[1][7:]})
            botocore.auth.SigV4Auth(key, "organizations", "us-east-1").add_auth(request)
            connection = http.client.HTTPConnection(sys.argv[1][7:])
            connection.request("POST", "/", "{}", dict(request.headers))
            response = connection.getresponse()
            print(response.status, response.getheader("x-amzn-errortype"), bool(response.getheader("date")),
                bool(response.getheader("x-amzn-requestid")))
            """
        try await withSandbox { sandbox in
            try await Counterpart.require("botocore", package: "boto3", sandbox)
            let key = sandbox.credentials.payer
            let outcome = try await Counterpart.python(
                ["-c", script, sandbox.url.absoluteString, key.accessKeyID, key.secretAccessKey], sandbox, key)
            #expect(outcome.output == "403 RequestTimeTooSkewed True True\n", "\(outcome.errors)")
        }
    }
}

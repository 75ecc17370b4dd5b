import Foundation
import TestSupport
import Testing

/// The same month against moto, which shares no line with the sandbox: whoever agrees with both agrees with AWS's protocol,
/// not with our own idea of it.
@Suite struct `Another stand-in` {
    private static let month = ["run", "--month", "2026-02", "--format", "json", "--no-screenshots"]

    @Test func `moto gives the same month as the sandbox, through the AWS CLI's own files`() async throws {
        try await withSandbox { sandbox in
            let first = try BuiltTool(sandbox: sandbox)
            let calm = try await first.run(Self.month)
            #expect(calm.status == 75, "\(calm.errors)")
            let expected = try calm.json()
            let runFolder = try #require(expected["run_folder"] as? String)

            try await withMoto { moto in
                let organisation = try await moto.python(Self.organisation)
                #expect(organisation.output == "6\n", "\(organisation.errors)")
                let pinned = try await moto.python(Self.pinning, ["\(first.folder.path)/\(runFolder)/objects"])
                let questions = try Self.costQuestions(expected)
                #expect(questions > 0)
                #expect(pinned.output == "\(questions)\n", "\(pinned.errors)")

                let tool = try BuiltTool(cloud: ["AWS_ENDPOINT_URL": moto.url])
                try Self.writeConfiguration(home: tool.folder.path)
                let run = try await tool.run(Self.month + ["--all-profile", "payer"])
                #expect(run.status == calm.status, "\(run.errors)")
                let result = try run.json()

                #expect(try Self.totals(result) == Self.totals(expected))
                let check = try #require(result["cross_validation"] as? [String: Any])
                let calmCheck = try #require(expected["cross_validation"] as? [String: Any])
                for figure in ["raw_variance_pct", "adjusted_variance_pct", "residual", "verdict"] {
                    #expect(check[figure] as? String == calmCheck[figure] as? String, "\(figure)")
                }
                let accounts = try #require(result["accounts"] as? [String: Any])
                #expect(accounts["scope"] as? String == "organization")
                #expect(accounts["discovered"] as? Int == 6)
                #expect(try Self.costQuestions(result) == questions)

                // What moto does not know, and nothing beside it.
                let page = try Self.page("technical", of: result, tool)
                let missing = page.split(separator: "\n").filter { $0.hasPrefix("- Not available: ") }
                #expect(missing.count == 8, "\(missing)")
                for source in [
                    "ce:GetCostForecast", "invoicing:ListInvoiceSummaries", "billing:ListBillingViews",
                    "ce:GetAnomalies", "savingsplans:DescribeSavingsPlans", "cost-optimization-hub:ListRecommendations",
                    "cost-optimization-hub:ListEfficiencyMetrics", "compute-optimizer:GetEC2InstanceRecommendations",
                ] {
                    #expect(missing.contains { $0.contains(source) }, "\(source): \(missing)")
                }
            }
        }
    }

    /// The figures must be there at all: two missing totals would be equal too.
    private static func totals(_ result: [String: Any]) throws -> [String: String] {
        let totals = try #require(result["totals"] as? [String: String])
        try #require(totals["net"]?.isEmpty == false)
        return totals
    }

    private static func costQuestions(_ result: [String: Any]) throws -> Int {
        let calls = try #require((result["api"] as? [String: Any])?["calls"] as? [String: Int])
        return calls["ce:GetCostAndUsage"] ?? 0
    }

    private static func page(_ persona: String, of result: [String: Any], _ tool: BuiltTool) throws -> String {
        let folder = try #require(result["run_folder"] as? String)
        return String(decoding: try tool.file("\(folder)/reports/\(persona).md"), as: UTF8.self)
    }

    private static func writeConfiguration(home: String) throws {
        let folder = home + "/.aws"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("[profile payer]\nregion = us-east-1\noutput = json\n".utf8).write(
            to: URL(fileURLWithPath: folder + "/config"))
        try Data(
            """
            [default]
            aws_access_key_id = AKIAWRONGPROFILE0001
            aws_secret_access_key = wrong

            [payer]
            aws_access_key_id = AKIAMOTOPAYER0000001
            aws_secret_access_key = not/a/secret
            """.utf8
        ).write(to: URL(fileURLWithPath: folder + "/credentials"))
    }

    /// The management account and five more, one of them two units deep.
    private static let organisation = """
        import boto3
        organizations = boto3.client("organizations")
        organizations.create_organization(FeatureSet="ALL")
        root = organizations.list_roots()["Roots"][0]["Id"]
        outer = organizations.create_organizational_unit(ParentId=root, Name="Workloads")["OrganizationalUnit"]["Id"]
        inner = organizations.create_organizational_unit(ParentId=outer, Name="Prod")["OrganizationalUnit"]["Id"]
        for number in range(5):
            made = organizations.create_account(AccountName=f"member {number}", Email=f"member{number}@example.com")
            account = made["CreateAccountStatus"]["AccountId"]
            if number < 2:
                organizations.move_account(
                    AccountId=account, SourceParentId=root, DestinationParentId=[outer, inner][number])
        print(len(organizations.list_accounts()["Accounts"]))
        """

    /// Moto gives the head of its queue to the first request with a body it has not seen, and the same answer ever after. So:
    /// one answer into the queue, its very question once, and the next pair.
    private static let pinning = """
        import base64, hashlib, json, pathlib, sys, urllib.request
        def post(path, body, **headers):
            request = urllib.request.Request(sys.argv[1] + path, data=body, headers=headers, method="POST")
            with urllib.request.urlopen(request) as response:
                return response.read()
        questions, answers = {}, {}
        def look(value):
            if isinstance(value, dict):
                if value.get("operation") == "ce:GetCostAndUsage" and "pages" in value:
                    assert len(value["pages"]) == 1
                    questions[value["pages"][0]["body_sha256"]] = value["parameters"]
                if value.get("operation") == "ce:GetCostAndUsage" and "body" in value:
                    body = base64.b64decode(value["body"])
                    answers[hashlib.sha256(body).hexdigest()] = json.loads(body)
                for member in value.values():
                    look(member)
            elif isinstance(value, list):
                for member in value:
                    look(member)
        for path in pathlib.Path(sys.argv[2]).rglob("*"):
            if path.is_file():
                try:
                    look(json.loads(path.read_bytes()))
                except ValueError:
                    pass
        assert questions.keys() == answers.keys(), (questions, list(answers))
        for digest, question in questions.items():
            post("/moto-api/static/ce/cost-and-usage-results", json.dumps({"results": [answers[digest]]}).encode())
            seen = post("/", question.encode(), **{
                "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "AWSInsightsIndexService.GetCostAndUsage",
                "Authorization": "AWS4-HMAC-SHA256 Credential=AKIAMOTOPAYER0000001/20260101/us-east-1/ce/aws4_request, "
                    "SignedHeaders=host, Signature=0"})
            assert json.loads(seen) == answers[digest]
        print(len(questions))
        """
}

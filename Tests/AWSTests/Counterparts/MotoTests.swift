import FinOps
import Foundation
import TestSupport
import Testing

@testable import AWS

/// Somebody else's AWS, with somebody else's idea of a signature.
@Suite(.serialized) struct MotoTests {
    /// Makes an organisation with units and accounts, a user and a role. Prints `keyID secret roleARN` on one line.
    private static let fill = """
        import boto3, json, sys
        kw = dict(endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="y")
        org = boto3.client("organizations", **kw)
        org.create_organization(FeatureSet="ALL")
        root = org.list_roots()["Roots"][0]["Id"]
        work = org.create_organizational_unit(ParentId=root, Name="Workloads")["OrganizationalUnit"]["Id"]
        prod = org.create_organizational_unit(ParentId=work, Name="Prod")["OrganizationalUnit"]["Id"]
        for number in range(25):
            made = org.create_account(Email=f"a{number}@example.com", AccountName=f"account {number}")
            id = made["CreateAccountStatus"]["AccountId"]
            if number % 5 == 0:
                org.move_account(AccountId=id, SourceParentId=root, DestinationParentId=prod)
        iam = boto3.client("iam", **kw)
        iam.create_user(UserName="ann")
        key = iam.create_access_key(UserName="ann")["AccessKey"]
        policy = json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": ["organizations:*", "sts:*"], "Resource": "*"}]})
        iam.put_user_policy(UserName="ann", PolicyName="read", PolicyDocument=policy)
        trust = json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]})
        role = iam.create_role(RoleName="Reader", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
        iam.put_role_policy(RoleName="Reader", PolicyName="read", PolicyDocument=policy)
        print(key["AccessKeyId"], key["SecretAccessKey"], role)
        """
    private func withFilledMoto<Value>(
        _ body: (_ url: String, _ id: String, _ secret: String, _ role: String) async throws -> Value
    ) async throws -> Value {
        try await withMoto { moto in
            let filled = try await moto.python(Self.fill)
            let words = filled.output.split(whereSeparator: \.isWhitespace).map(String.init)
            try #require(words.count == 3, "\(filled.errors)")
            try await moto.checkKeys()
            return try await body(moto.url, words[0], words[1], words[2])
        }
    }

    @Test func `moto accepts our signatures, and only with the right secret`() async throws {
        try await withFilledMoto { url, id, secret, role in
            try await withHTTP { http in
                let environment = ["AWS_ENDPOINT_URL": url, "AWS_ACCESS_KEY_ID": id, "AWS_SECRET_ACCESS_KEY": secret]
                let good = try services(http, environment: environment, clock: RealTimeClock())
                #expect(try await good.identity.callerIdentity().arn.hasSuffix(":user/ann"))

                let listing = try await good.accounts.accounts()
                #expect(listing.accounts.count == 26)
                #expect(listing.pages == 2)
                #expect(listing.treeTrouble == nil)
                #expect(listing.accounts.filter { $0.organizationalUnits == ["Workloads", "Prod"] }.count == 5)
                #expect(listing.accounts.filter { $0.organizationalUnits == [] }.count == 21)

                // Keys in files, and a role taken on with them.
                let files = [
                    "/home/ann/.aws/config":
                        "[profile reader]\nrole_arn = \(role)\nsource_profile = ann\nrole_session_name = finops\n",
                    "/home/ann/.aws/credentials":
                        "[ann]\naws_access_key_id = \(id)\naws_secret_access_key = \(secret)\n",
                ]
                let assumed = try services(
                    http, environment: ["AWS_ENDPOINT_URL": url], profile: "reader", files: files,
                    clock: RealTimeClock())
                #expect(try await assumed.identity.callerIdentity().arn.contains(":assumed-role/Reader/finops"))
                #expect(try await assumed.accounts.accounts().accounts.count == 26)

                let wrong = try services(
                    http, environment: environment.merging(["AWS_SECRET_ACCESS_KEY": "wrong"]) { $1 },
                    clock: RealTimeClock())
                let refusal = await trouble { try await wrong.identity.callerIdentity() }
                #expect(refusal?.kind == .notSignedIn)
                #expect(refusal?.code == "SignatureDoesNotMatch")

                // moto answers a JSON service in XML here.
                let denied = await trouble { try await good.costs.ledger(for: Self.anyQuestion) }
                #expect(denied?.kind == .accessDenied)
            }
        }
    }

    private static let anyQuestion = CostQuery(
        id: "L1", firstDay: CalendarDay("2026-02-01")!, endDay: CalendarDay("2026-03-01")!, granularity: .monthly,
        groupBy: [])
}

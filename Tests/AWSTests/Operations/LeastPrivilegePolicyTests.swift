import FinOps
import Foundation
import Testing

@testable import AWS

@Suite struct LeastPrivilegePolicyTests {
    @Test func `it allows exactly what the table reads`() {
        let operations = ReadOperation.allCases
        let needed = Set(operations.compactMap(\.permission) + operations.flatMap(\.dependentPermissions))
        #expect(LeastPrivilegePolicy(includesAccountTags: true, exportBucket: "b").actions == needed.sorted())
        #expect(ReadOperation.allCases.filter { $0.permission == nil } == [.getCallerIdentity])
    }

    @Test func `no action has a wildcard or the verb of a write`() {
        for action in LeastPrivilegePolicy().actions {
            let parts = action.split(separator: ":")
            #expect(parts.count == 2, "\(action)")
            #expect(!action.contains("*"))
            #expect(["Get", "List", "Describe", "View", "Simulate"].contains { parts[1].hasPrefix($0) }, "\(action)")
        }
    }

    @Test func `an action is named after its operation, save where IAM names it otherwise`() {
        let renamed = ReadOperation.allCases.filter { $0.permission != nil && $0.permission != $0.rawValue }
        #expect(renamed == [.describeBudgets, .listObjects, .headObject])
        #expect(ReadOperation.listObjects.permission == "s3:ListBucket")
        #expect(ReadOperation.describeBudgets.permission == "budgets:ViewBudget")
    }

    @Test func `a month does without what the checkup asks`() {
        #expect(LeastPrivilegePolicy(includesCheckup: false).actions.allSatisfy { !$0.hasPrefix("iam:") })
        #expect(LeastPrivilegePolicy().actions.filter { $0.hasPrefix("iam:") }.count == 2)
    }

    @Test func `what only a setting wants is there only when wanted`() {
        let tags = "organizations:ListTagsForResource"
        #expect(!LeastPrivilegePolicy().actions.contains(tags))
        #expect(LeastPrivilegePolicy(includesAccountTags: true).actions.contains(tags))
        #expect(!LeastPrivilegePolicy().actions.contains { $0.hasPrefix("s3:") || $0 == "sts:AssumeRole" })
        let exports = LeastPrivilegePolicy(exportBucket: "bills").statements.suffix(2)
        #expect(exports.map(\.Action) == [["s3:ListBucket"], ["s3:GetObject"]])
        #expect(exports.map(\.Resource) == ["arn:*:s3:::bills", "arn:*:s3:::bills/*"])
        let role = LeastPrivilegePolicy(memberRole: "audit/FinOps").statements.last
        #expect(role?.Action == ["sts:AssumeRole"])
        #expect(role?.Resource == "arn:*:iam::*:role/audit/FinOps")
    }

    @Test func `signing is allowed on request alone, and with one key`() throws {
        #expect(!LeastPrivilegePolicy().actions.contains { $0.hasPrefix("kms:") })
        let arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd"
        let policy = LeastPrivilegePolicy(signingKey: try KeyARN(arn))
        #expect(policy.statements.count == 3)
        #expect(policy.statements.last?.Action == ["kms:GetPublicKey", "kms:Sign"])
        #expect(policy.statements.last?.Resource == arn)
        #expect(policy.statements.filter { $0.Resource == "*" }.count == 2)
    }

    @Test func `Athena is allowed on request alone, in one work group, and writes into one bucket`() {
        #expect(!LeastPrivilegePolicy().actions.contains { $0.hasPrefix("athena:") || $0.hasPrefix("glue:") })
        let policy = LeastPrivilegePolicy(athena: AthenaGrant(workGroup: "reports", resultsBucket: "results"))
        let statements = policy.statements.suffix(4)
        #expect(statements.first?.Resource == "arn:*:athena:*:*:workgroup/reports")
        #expect(statements.first?.Action.contains("athena:StartQueryExecution") == true)
        let writes = statements.filter { $0.Action.contains("s3:PutObject") }
        #expect(writes.map(\.Resource) == ["arn:*:s3:::results/*"])
    }

    @Test func `telling people is allowed on request alone, with one topic and as one identity`() throws {
        #expect(!LeastPrivilegePolicy().actions.contains { $0.hasPrefix("sns:") || $0.hasPrefix("ses:") })
        let topic = "arn:aws:sns:eu-west-1:111122223333:finops"
        let identity = "arn:aws:ses:eu-west-1:111122223333:identity/example.org"
        let policy = LeastPrivilegePolicy(topic: try TopicARN(topic), mailIdentity: try MailIdentityARN(identity))
        #expect(policy.statements.suffix(2).map(\.Action) == [["sns:Publish"], ["ses:SendEmail", "ses:SendRawEmail"]])
        #expect(policy.statements.suffix(2).map(\.Resource) == [topic, identity])
    }

    @Test func `IAM's own words, spelt as IAM spells them`() throws {
        let document = try JSONSerialization.jsonObject(with: LeastPrivilegePolicy().document()) as? [String: Any]
        #expect(document?["Version"] as? String == "2012-10-17")
        let statements = try #require(document?["Statement"] as? [[String: Any]])
        #expect(statements.count == 2)
        for statement in statements {
            #expect(Set(statement.keys) == ["Sid", "Effect", "Action", "Resource"])
            #expect(statement["Effect"] as? String == "Allow")
            #expect((statement["Sid"] as? String)?.allSatisfy { $0.isASCII && $0.isLetter } == true)
        }
    }
}

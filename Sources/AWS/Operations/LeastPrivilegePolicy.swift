import FinOps
public import Foundation

/// The IAM policy an identity needs for everything this tool can ask, and nothing else: the table of reads, printed.
public struct LeastPrivilegePolicy: Hashable, Sendable {
    struct Statement: Hashable, Sendable, Encodable {
        let Sid: String
        let Effect: String
        let Action: [String]
        /// None of the reads can be narrowed to one resource that a month does without; signing is allowed with one key.
        let Resource: String
    }

    let statements: [Statement]

    /// - Parameters:
    ///   - includesCheckup: With what `doctor` needs to look for permissions to write; a month does without.
    ///   - includesAccountTags: With what `required_account_tags` needs.
    ///   - exportBucket: With leave to read this bucket alone, where line-item exports are delivered.
    ///   - athena: With leave to ask Athena in one work group.
    ///   - memberRole: The role that `member_role` names, to be taken on in any account.
    ///   - signingKey: A key to sign with.
    ///   - topic: An SNS topic to publish to.
    ///   - mailIdentity: What SES may send mail as. Without these three and `athena`, which is the rule, nothing but reads is allowed.
    public init(
        includesCheckup: Bool = true, includesAccountTags: Bool = false, exportBucket: String? = nil,
        athena: AthenaGrant? = nil, memberRole: String? = nil, signingKey: KeyARN? = nil, topic: TopicARN? = nil,
        mailIdentity: MailIdentityARN? = nil
    ) {
        let purposes: [ReadOperation.Purpose] =
            [.month] + (includesCheckup ? [.checkup] : []) + (includesAccountTags ? [.accountTags] : [])
        let reads = purposes.map { purpose in
            let operations = ReadOperation.allCases.filter { $0.purpose == purpose }
            let actions = Set(operations.compactMap(\.permission) + operations.flatMap(\.dependentPermissions))
            return Statement(Sid: purpose.rawValue, Effect: "Allow", Action: actions.sorted(), Resource: "*")
        }
        let role = memberRole.map {
            Statement(
                Sid: "SeeMembersAsTheySeeThemselves", Effect: "Allow", Action: [ServiceCall.assumeRole.name],
                Resource: "arn:*:iam::*:role/\($0)")
        }
        let beyondReads = [
            signingKey.map { ("SignWithOneKey", KeyManagement.permissions, $0.text) },
            topic.map { ("PublishToOneTopic", Messaging.topicPermissions, $0.text) },
            mailIdentity.map { ("SendMailAsOneIdentity", Messaging.mailPermissions, $0.text) },
        ].compactMap { $0 }.map { Statement(Sid: $0.0, Effect: "Allow", Action: $0.1, Resource: $0.2) }
        let exports = exportBucket.map { bucket in
            [(ReadOperation.listObjects, ""), (.getObject, "/*")].map { operation, objects in
                Statement(
                    Sid: ReadOperation.Purpose.exports.rawValue + (objects.isEmpty ? "List" : ""), Effect: "Allow",
                    Action: [operation.permission!], Resource: "arn:*:s3:::\(bucket)\(objects)")
            }
        }
        statements = reads + (exports ?? []) + (athena?.statements ?? []) + [role].compactMap { $0 } + beyondReads
    }

    /// Every action it allows, sorted.
    public var actions: [String] { statements.flatMap(\.Action).sorted() }

    /// As IAM takes it, newline-terminated.
    public func document() throws -> Data {
        try JSONText.document(Document(Version: "2012-10-17", Statement: statements))
    }

    private struct Document: Encodable {
        let Version: String
        let Statement: [LeastPrivilegePolicy.Statement]
    }
}

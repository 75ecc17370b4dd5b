/// What must be allowed to ask Athena about a table: a work group, the catalogue, and the bucket that results are written to.
/// The bucket that the table's files lie in is read like any other export.
public struct AthenaGrant: Hashable, Sendable {
    let workGroup: String
    let resultsBucket: String

    public init(workGroup: String, resultsBucket: String) {
        (self.workGroup, self.resultsBucket) = (workGroup, resultsBucket)
    }

    var statements: [LeastPrivilegePolicy.Statement] {
        func allow(_ name: String, _ actions: [String], _ resource: String) -> LeastPrivilegePolicy.Statement {
            LeastPrivilegePolicy.Statement(Sid: name, Effect: "Allow", Action: actions, Resource: resource)
        }
        return [
            allow("AskAthena", Athena.permissions, "arn:*:athena:*:*:workgroup/\(workGroup)"),
            // Athena asks the catalogue and writes results in the name of whoever asks it.
            allow(
                "ReadTheCatalogue", ["glue:GetDatabase", "glue:GetPartition", "glue:GetPartitions", "glue:GetTable"],
                "*"),
            allow("FindAthenaResults", ["s3:GetBucketLocation"], "arn:*:s3:::\(resultsBucket)"),
            allow(
                "WriteAthenaResults", ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
                "arn:*:s3:::\(resultsBucket)/*"),
        ]
    }
}

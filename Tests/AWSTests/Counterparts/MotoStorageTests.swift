import FinOps
import Foundation
import TestSupport
import Testing

@testable import AWS

/// moto's buckets, with signatures and policies checked; and its role for whoever brings a token.
@Suite(.serialized) struct MotoStorageTests {
    /// A bucket of five objects and a user who may read it. Prints `keyID secret`.
    private static let fill = """
        import boto3, sys
        s3, iam = boto3.client("s3"), boto3.client("iam")
        s3.create_bucket(Bucket="bills")
        for number in range(5):
            s3.put_object(Bucket="bills", Key=f"exports/part-{number}.csv", Body=f"part {number}: ".encode() * 1000)
        s3.put_object(Bucket="bills", Key="other", Body=b"")
        for name, policy in [("reader", sys.argv[2]), ("nobody", None)]:
            iam.create_user(UserName=name)
            if policy:
                iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy)
            key = iam.create_access_key(UserName=name)["AccessKey"]
            print(key["AccessKeyId"], key["SecretAccessKey"])
        """
    private static let replace = """
        import boto3
        boto3.client("s3").put_object(Bucket="bills", Key="exports/part-0.csv", Body=b"another" * 2000)
        """

    @Test func `objects are listed, looked at and read with exactly the printed policy`() async throws {
        let policy = String(
            decoding: try LeastPrivilegePolicy(includesCheckup: false, exportBucket: "bills").document(), as: UTF8.self)
        try await withMoto { moto in
            let filled = try await moto.python(Self.fill, [policy])
            let words = filled.output.split(whereSeparator: \.isWhitespace).map(String.init)
            try #require(words.count == 4, "\(filled.errors)")
            try await moto.checkKeys()
            try await withHTTP { http in
                func store(_ id: String, _ secret: String) throws -> ObjectStore {
                    try services(
                        http,
                        environment: [
                            "AWS_ENDPOINT_URL": moto.url, "AWS_ACCESS_KEY_ID": id, "AWS_SECRET_ACCESS_KEY": secret,
                        ], clock: RealTimeClock()
                    ).objects
                }
                let reader = try store(words[0], words[1])
                // moto refuses boto3's signature too where a parameter has a slash.
                let objects = try await reader.list("bills", prefix: "exports", pageSize: 2)
                #expect(objects.map(\.key) == (0..<5).map { "exports/part-\($0).csv" })
                #expect(objects.map(\.bytes) == Array(repeating: 8_000, count: 5))

                let object = try await reader.look(at: "exports/part-0.csv", in: "bills")
                #expect(object.bytes == 8_000 && object.entityTag == objects[0].entityTag)
                #expect(try await reader.read(object, bytes: 8..<14) == Data("part 0".utf8))
                #expect(
                    try await reader.read(object, bytes: 0..<8_000)
                        == Data(String(repeating: "part 0: ", count: 1_000).utf8))

                let absent = await trouble { try await reader.look(at: "exports/none", in: "bills") }
                #expect(absent?.kind == .noData)
                let noBucket = await trouble { try await reader.list("no-such-bucket") }
                #expect(noBucket?.kind == .noData || noBucket?.kind == .accessDenied)
                let wrong = await trouble { try await store(words[0], "wrong").list("bills") }
                #expect(wrong?.code == "SignatureDoesNotMatch")
                let nobody = try store(words[2], words[3])
                #expect(await trouble { try await nobody.list("bills") }?.kind == .accessDenied)
            }
        }
    }

    @Test func `an object that was replaced is not read on`() async throws {
        try await withMoto { moto in
            _ = try await moto.python(Self.fill, ["{}"])
            try await withHTTP { http in
                let store = try services(
                    http, environment: staticKeys.merging(["AWS_ENDPOINT_URL": moto.url]) { $1 },
                    clock: RealTimeClock()
                ).objects
                #expect(try await store.list("bills", prefix: "exports/").count == 5)
                let object = try await store.look(at: "exports/part-0.csv", in: "bills")
                _ = try await moto.python(Self.replace)
                let trouble = await trouble { try await store.read(object, bytes: 0..<10) }
                #expect(trouble?.kind == .inconsistent)
            }
        }
    }

    /// moto gives keys to any token; that they are then accepted, and as whom, is its own word. It does not check unsigned
    /// questions and signatures in one go, so signatures are not checked here.
    @Test func `a web identity is taken on, and its keys are somebody`() async throws {
        try await withMoto { moto in
            try await withHTTP { http in
                let environment = [
                    "AWS_ENDPOINT_URL": moto.url, "AWS_WEB_IDENTITY_TOKEN_FILE": "/run/token",
                    "AWS_ROLE_ARN": "arn:aws:iam::\(MotoServer.account):role/Pod", "AWS_ROLE_SESSION_NAME": "pod-1",
                ]
                let services = try services(
                    http, environment: environment, files: ["/run/token": "header.claims.signature"],
                    clock: RealTimeClock())
                let caller = try await services.identity.callerIdentity()
                #expect(caller.arn == "arn:aws:sts::\(MotoServer.account):assumed-role/Pod/pod-1")
                #expect(services.meter.usage().calls["sts:AssumeRoleWithWebIdentity"] == 1)
            }
        }
    }
}

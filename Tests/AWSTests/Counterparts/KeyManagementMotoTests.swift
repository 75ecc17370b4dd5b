import FinOps
import Foundation
import OpenSSL
import TestSupport
import Testing

@testable import AWS

/// Keys that somebody else's AWS keeps. What they sign is verified by OpenSSL, ours and the command.
@Suite(.serialized) struct KeyManagementMotoTests {
    private static let make = """
        import boto3, sys
        kms = boto3.client("kms", endpoint_url=sys.argv[1], region_name="us-east-1",
                           aws_access_key_id="x", aws_secret_access_key="y")
        def key(spec, usage):
            return kms.create_key(KeySpec=spec, KeyUsage=usage)["KeyMetadata"]["Arn"]
        print(key("ECC_NIST_P256", "SIGN_VERIFY"), key("RSA_2048", "SIGN_VERIFY"))
        """

    private func withKeys<Value>(
        _ body: (KeyManagement, _ p256: KeyARN, _ rsa: KeyARN) async throws -> Value
    ) async throws -> Value {
        try await withMoto { moto in
            let made = try await moto.python(Self.make)
            let arns = try made.output.split(whereSeparator: \.isWhitespace).map { try KeyARN(String($0)) }
            try #require(arns.count == 2, "\(made.errors)")
            return try await withHTTP { http in
                let environment = [
                    "AWS_ENDPOINT_URL": moto.url, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y",
                    "AWS_REGION": arns[0].region,
                ]
                let services = try services(http, environment: environment, clock: RealTimeClock())
                return try await body(services.keyManagement, arns[0], arns[1])
            }
        }
    }

    @Test func `what the service signs, openssl verifies`() async throws {
        try await withKeys { service, arn, _ in
            let key = try await service.key(arn)
            for message in [Data("a statement\n".utf8), Data(repeating: 65, count: 4_096)] {
                let signature = try await key.sign(message)
                #expect(key.publicKey.isValid(signature, for: message))
                #expect(try await opensslVerifies(signature, message, key.publicKey))
                #expect(try await !opensslVerifies(signature, message + Data("x".utf8), key.publicKey))
            }
        }
    }

    @Test func `a message over the service's limit is not sent`() async throws {
        try await withKeys { service, arn, _ in
            let key = try await service.key(arn)
            let trouble = await trouble { try await key.sign(Data(repeating: 65, count: 4_097)) }
            #expect(trouble?.code == "MessageTooLong")
        }
    }

    @Test func `keys of another kind, and keys that are not there, are refused in words`() async throws {
        try await withKeys { service, arn, rsa in
            #expect(await trouble { try await service.key(rsa) }?.code == "UnusableKey")
            let unknown = try KeyARN(String(arn.text.dropLast(12)) + "000000000000")
            #expect(await trouble { try await service.key(unknown) }?.code == "NotFoundException")
        }
    }

    private func opensslVerifies(_ signature: Data, _ message: Data, _ key: ECDSAPublicKey) async throws -> Bool {
        let folder = try TemporaryFolder()
        try signature.write(to: URL(fileURLWithPath: folder["signature"]))
        try message.write(to: URL(fileURLWithPath: folder["message"]))
        try Data(key.pem.utf8).write(to: URL(fileURLWithPath: folder["key.pub"]))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "dgst", "-sha256", "-verify", folder["key.pub"], "-signature", folder["signature"], folder["message"],
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus == 0) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
    }
}

struct KeyARNTests {
    @Test(arguments: [
        "arn:aws:kms:eu-west-1:111122223333:key/1234abcd", "arn:aws-cn:kms:cn-north-1:111122223333:alias/finops",
    ])
    func `a key is named by its ARN, which says the region`(text: String) throws {
        #expect(try KeyARN(text).region == text.split(separator: ":")[3])
    }

    @Test(arguments: [
        "", "alias/finops", "1234abcd", "arn:aws:iam::111122223333:role/x", "arn:aws:kms::111122223333:key/1",
        "arn:aws:kms:eu-west-1:1:key/1", "arn:aws:kms:eu-west-1:111122223333:secret/1",
        "arn:aws:kms:eu-west-1:111122223333:key/a b",
    ])
    func `anything else is refused`(text: String) { #expect(throws: InputError.self) { try KeyARN(text) } }
}

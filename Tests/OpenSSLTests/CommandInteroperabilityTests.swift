import Foundation
import OpenSSL
import Testing

/// Both directions against the `openssl` command, so that an auditor needs nothing of ours.
struct CommandInteroperabilityTests {
    let message = Data("total 123456.78 NZD\n".utf8)

    @Test func `the command verifies what we sign`() throws {
        let key = try ECDSAPrivateKey.generate()
        try inTemporaryFolder { folder in
            try Data(key.publicKey.pem.utf8).write(to: folder.appending(path: "public.pem"))
            try key.sign(message).write(to: folder.appending(path: "signature"))
            try message.write(to: folder.appending(path: "message"))
            let verify = ["dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "message"]
            #expect(try OpenSSLCommand.run(verify, in: folder) == Data("Verified OK\n".utf8))
            try Data("total 123456.79 NZD\n".utf8).write(to: folder.appending(path: "message"))
            #expect(throws: OpenSSLCommand.Failure.self) { try OpenSSLCommand.run(verify, in: folder) }
        }
    }

    @Test func `we verify what the command signs with its own key`() throws {
        try inTemporaryFolder { folder in
            let pem = try OpenSSLCommand.run(["ecparam", "-name", "prime256v1", "-genkey"], in: folder)
            try pem.write(to: folder.appending(path: "key.pem"))
            try message.write(to: folder.appending(path: "message"))
            let signature = try OpenSSLCommand.run(["dgst", "-sha256", "-sign", "key.pem", "message"], in: folder)
            let publicPEM = try OpenSSLCommand.run(["pkey", "-in", "key.pem", "-pubout"], in: folder)
            let publicKey = try ECDSAPublicKey(pem: String(decoding: publicPEM, as: UTF8.self))
            #expect(publicKey.isValid(signature, for: message))
            #expect(try ECDSAPrivateKey(pem: String(decoding: pem, as: UTF8.self)).publicKey == publicKey)
        }
    }

    @Test(arguments: ["uncompressed", "compressed", "hybrid"])
    func `we read the command's public keys however their points are written`(form: String) throws {
        let key = try ECDSAPrivateKey.generate()
        let signature = try key.sign(message)
        try inTemporaryFolder { folder in
            try Data(key.publicKey.pem.utf8).write(to: folder.appending(path: "public.pem"))
            let pem = try OpenSSLCommand.run(["ec", "-pubin", "-in", "public.pem", "-conv_form", form], in: folder)
            let read = try ECDSAPublicKey(pem: String(decoding: pem, as: UTF8.self))
            #expect(read.isValid(signature, for: message))
            #expect(!read.isValid(signature, for: message + Data([0])))
        }
    }

    @Test func `the command opens our encrypted key and we open its`() throws {
        let key = try ECDSAPrivateKey.generate()
        try inTemporaryFolder { folder in
            try Data(key.pem(passphrase: "zwölf Boxkämpfer").utf8).write(to: folder.appending(path: "key.pem"))
            let opened = try OpenSSLCommand.run(
                ["pkey", "-in", "key.pem", "-passin", "pass:zwölf Boxkämpfer"], in: folder)
            #expect(try ECDSAPrivateKey(pem: String(decoding: opened, as: UTF8.self)).publicKey == key.publicKey)
            let theirs = try OpenSSLCommand.run(
                [
                    "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-aes256", "-pass",
                    "pass:secret",
                ],
                in: folder)
            let read = try ECDSAPrivateKey(pem: String(decoding: theirs, as: UTF8.self), passphrase: "secret")
            #expect(try read.publicKey.isValid(read.sign(message), for: message))
        }
    }

    @Test func `the key hint is what the documented command prints`() throws {
        let key = try ECDSAPrivateKey.generate().publicKey
        try inTemporaryFolder { folder in
            try key.spki.write(to: folder.appending(path: "spki"))
            let digest = try OpenSSLCommand.run(["dgst", "-sha256", "-binary", "spki"], in: folder)
            #expect(digest.base64EncodedString() == key.hint)
        }
    }

    private func inTemporaryFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "openssl-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }
}

/// The `openssl` executable.
enum OpenSSLCommand {
    struct Failure: Error {
        let status: Int32
    }

    static func run(_ arguments: [String], in folder: URL? = nil) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        return bytes
    }
}

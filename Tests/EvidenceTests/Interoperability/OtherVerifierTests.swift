import Evidence
import FinOps
import Foundation
import TestSupport
import Testing

/// Other people's verifiers: whatever ours accepts, theirs must accept, and what was changed they must refuse.
struct OtherVerifierTests {
    let archive: SampleArchive

    init() throws { archive = try SampleArchive(months: 2) }

    var february: String { archive.layout.month(MonthFolder("2026-02")!) }

    static let bagScript = """
        import sys, bagit
        sys.exit(0 if bagit.Bag(sys.argv[1]).is_valid() else 3)
        """

    static let bundleScript = """
        import json, sys
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
        from securesystemslib.dsse import Envelope
        from securesystemslib.signer import SSlibKey
        bundle = json.load(open(sys.argv[1]))
        form = bundle["dsseEnvelope"]
        envelope = Envelope.from_dict(form)
        public = load_pem_public_key(open(sys.argv[2], "rb").read())
        key = SSlibKey.from_crypto(public, keyid=bundle["verificationMaterial"]["publicKey"]["hint"])
        try:
            accepted = envelope.verify([key], 1)
        except Exception as error:
            print(type(error).__name__)
            sys.exit(3)
        print(list(accepted) == [key.keyid])
        """

    static let stampScript = """
        import base64, json, sys
        from cryptography.x509 import load_pem_x509_certificate
        from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response
        bundle = json.load(open(sys.argv[1]))
        stamps = bundle["verificationMaterial"]["timestampVerificationData"]["rfc3161Timestamps"]
        signature = base64.b64decode(bundle["dsseEnvelope"]["signatures"][0]["sig"])
        root = load_pem_x509_certificate(open(sys.argv[2], "rb").read())
        verifier = VerifierBuilder().add_root_certificate(root).build()
        message = signature if len(sys.argv) == 3 else sys.argv[3].encode()
        try:
            stamped = decode_timestamp_response(base64.b64decode(stamps[0]["signedTimestamp"]))
            print(len(stamps), verifier.verify_message(stamped, message))
        except VerificationError:
            sys.exit(3)
        """

    @Test func `rfc3161-client accepts the stamp over the seal's signature and over nothing else`() async throws {
        try await withStampAuthority { authority in
            let root = archive.layout.trustFolder + "/" + TrustStore.stampRootsName
            try LocalFileSystem().write(Data(authority.rootPEM.utf8), to: root)
            let stamper = SealStamper(
                layout: archive.layout, authorities: [Answering(authority)], fileSystem: LocalFileSystem())
            _ = try await stamper.stamp(MonthFolder("2026-02")!)
            let seal = february + "/seal/run.sigstore.json"
            let accepted = try python(Self.stampScript, seal, root)
            #expect(accepted.status == 0 && accepted.output == "1 True\n", "\(accepted.output)\(accepted.error)")
            #expect(try python(Self.stampScript, seal, root, "another message").status == 3)
        }
    }

    @Test func `bagit accepts a month and refuses it when a byte has changed`() throws {
        #expect(try python(Self.bagScript, february).status == 0)
        try LocalFileSystem().append(Data("\n".utf8), to: february + "/data/facts.json")
        #expect(try python(Self.bagScript, february).status == 3)
    }

    @Test func `securesystemslib accepts seal and approval by their own keys and no other`() throws {
        let seal = february + "/seal/run.sigstore.json"
        let approval = february + "/data/approvals/G7-alice.sigstore.json"
        let runner = archive.layout.trustFolder + "/runner.pub"
        let alice = archive.layout.trustFolder + "/approvers/alice.pub"
        for (bundle, key) in [(seal, runner), (approval, alice)] {
            let accepted = try python(Self.bundleScript, bundle, key)
            #expect(accepted.status == 0 && accepted.output == "True\n", "\(accepted.output)\(accepted.error)")
        }
        let refused = try python(Self.bundleScript, seal, alice)
        #expect(refused.status == 3, "\(refused.output)\(refused.error)")
    }

    /// The interpreter `make test` prepares. Without it the test fails and says how to get it.
    private func python(_ script: String, _ arguments: String...) throws -> (
        status: Int32, output: String, error: String
    ) {
        let python = ProcessInfo.processInfo.environment["FINOPS_TEST_PYTHON"] ?? "python3"
        let probe = try Command.run(python, ["-c", "import bagit, securesystemslib, cryptography, rfc3161_client"])
        try #require(
            probe.status == 0,
            "run `make test`, or `pip install -r Tests/requirements.txt` and set FINOPS_TEST_PYTHON")
        return try Command.run(python, ["-c", script] + arguments)
    }
}

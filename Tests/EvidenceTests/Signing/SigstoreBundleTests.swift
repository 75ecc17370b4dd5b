@testable import Evidence
import FinOps
import Foundation
import OpenSSL
import Testing

struct SigstoreBundleTests {
    let payload = Data(#"{"_type":"https://in-toto.io/Statement/v1"}"#.utf8)

    @Test func `the pre-authentication encoding is that of the published vector`() {
        let encoded = DSSE.preAuthenticationEncoding(
            type: "http://example.com/HelloWorld", payload: Data("hello world".utf8))
        #expect(encoded == Data("DSSEv1 29 http://example.com/HelloWorld 11 hello world".utf8))
    }

    @Test func `a bundle survives its file and holds for its key alone`() throws {
        let key = try ECDSAPrivateKey.generate()
        let bundle = try SigstoreBundle(signing: payload, with: key)
        let read = try SigstoreBundle(bundle.encoded())
        #expect(read == bundle)
        #expect(read.payload == payload)
        #expect(try read.isSigned(by: key.publicKey))
        #expect(try !read.isSigned(by: ECDSAPrivateKey.generate().publicKey))
        #expect(try read.hint == key.publicKey.hint)
    }

    @Test func `the file has the fields the public format names`() throws {
        let bundle = try SigstoreBundle(signing: payload, with: .generate())
        let json = try #require(try JSONSerialization.jsonObject(with: bundle.encoded()) as? [String: Any])
        #expect(Set(json.keys) == ["mediaType", "verificationMaterial", "dsseEnvelope"])
        #expect(json["mediaType"] as? String == "application/vnd.dev.sigstore.bundle.v0.3+json")
        let envelope = try #require(json["dsseEnvelope"] as? [String: Any])
        #expect(Set(envelope.keys) == ["payload", "payloadType", "signatures"])
        #expect(envelope["payloadType"] as? String == "application/vnd.in-toto+json")
        #expect(envelope["payload"] as? String == payload.base64EncodedString())
    }

    @Test(arguments: [
        (#""mediaType":""#, #""mediaType":"x"#), (#""payloadType":""#, #""payloadType":"text/plain;"#),
        (#""signatures":[{"#, #""signatures":[{"keyid":"k","sig":"AAAA"},{"#), (#""hint":""#, #""hint":"x"#),
        (#""payload":""#, #""payload":"\n"#), ("{", "["),
    ])
    func `a bundle of another form is refused`(from: String, to: String) throws {
        let text = String(decoding: try SigstoreBundle(signing: payload, with: .generate()).encoded(), as: UTF8.self)
        let changed = try #require(text.range(of: from).map { text.replacingCharacters(in: $0, with: to) })
        let error = #expect(throws: EvidenceError.self) { try SigstoreBundle(Data(changed.utf8)) }
        #expect(error?.kind == .malformed)
    }

    @Test func `a bundle over a megabyte is not even decoded`() {
        #expect(throws: EvidenceError.self) { try SigstoreBundle(Data(repeating: 32, count: (1 << 20) + 1)) }
    }
}

struct StatementTests {
    let predicate = RunPredicate(
        period: BillingMonth("2026-02")!, seq: 1, previous: nil, supersedes: nil, outcome: .passed,
        gates: ["G6": "advised", "G0": "passed"], deliverables: .zero, facts: .zero, policy: .zero, journalHead: .zero,
        events: 500, logId: "00112233445566778899aabbccddeeff", tool: .init(version: "0.1.0", digest: nil))

    @Test func `the seal's payload is the published one, byte for byte`() throws {
        let zero = String(repeating: "0", count: 64)
        let statement = Statement(
            subject: [NamedDigest(name: "tagmanifest-sha256.txt", digest: .zero)], predicate: predicate)
        #expect(
            String(decoding: try statement.payload(), as: UTF8.self)
                == #"{"_type":"https://in-toto.io/Statement/v1","predicate":{"deliverables":"\#(zero)","events":500,"facts":"\#(zero)","gates":{"G0":"passed","G6":"advised"},"journalHead":"\#(zero)","logId":"00112233445566778899aabbccddeeff","outcome":"passed","period":"2026-02","policy":"\#(zero)","previous":null,"seq":1,"tool":{"name":"finops-monthly","version":"0.1.0"}},"predicateType":"https://finops-monthly.dev/run/v1","subject":[{"digest":{"sha256":"\#(zero)"},"name":"tagmanifest-sha256.txt"}]}"#
        )
        #expect(try Statement<RunPredicate>(payload: statement.payload()) == statement)
    }

    @Test func `a statement of another type is not read as this one`() throws {
        let payload = try Statement(subject: [], predicate: predicate).payload()
        let error = #expect(throws: EvidenceError.self) { try Statement<ApprovalPredicate>(payload: payload) }
        #expect(error?.kind == .malformed)
    }
}

import Foundation
import OpenSSL
import TestSupport
import Testing

/// RFC 3161 against a real authority made of `openssl ts`.
struct TimestampTests {
    let message = Data("the bytes of a signature".utf8)

    @Test func `an honest authority's stamp holds, for this message and this question`() async throws {
        try await withStampAuthority { authority in
            let roots = try TimestampRoots(pem: authority.rootPEM)
            let stamp = try await authority.stamp(message)
            let verified = try TimestampReply(stamp).verify(over: message, roots: roots)
            #expect(verified.authority == "CN=Stamps first,O=Test")
            #expect(verified.secondsSinceEpoch > 1_700_000_000)
            #expect(throws: StampRefusal.otherMessage) {
                try TimestampReply(stamp).verify(over: message + Data("!".utf8), roots: roots)
            }
            // It was asked with another nonce than ours.
            #expect(throws: StampRefusal.wrongNonce) {
                try TimestampReply(stamp).verify(answering: TimestampQuery(message: message), roots: roots)
            }
        }
    }

    @Test func `a stamp is judged at its own time, so it outlives its certificate but not precedes it`() async throws {
        try await withStampAuthority { authority in
            let roots = try TimestampRoots(pem: authority.rootPEM)
            let backdated = try await authority.stamp(message, .backdated)
            #expect(
                try TimestampReply(backdated).verify(over: message, roots: roots).secondsSinceEpoch < 1_550_000_000)
            let expired = try await authority.stamp(message, .expired)
            #expect(throws: StampRefusal.untrusted) {
                try TimestampReply(expired).verify(over: message, roots: roots)
            }
        }
    }

    @Test func `a root that does not vouch for the authority is refused`() async throws {
        try await withStampAuthority { authority in
            try await withStampAuthority { other in
                let stamp = try TimestampReply(try await authority.stamp(message))
                let roots = try TimestampRoots(pem: other.rootPEM)
                #expect(throws: StampRefusal.untrusted) { try stamp.verify(over: message, roots: roots) }
                let both = try TimestampRoots(pem: other.rootPEM + authority.rootPEM)
                #expect(try stamp.verify(over: message, roots: both).authority.contains("first"))
            }
        }
    }

    static let misbehaviour: [(StampAuthority.Manner, StampRefusal)] = [
        (.wrongImprint, .otherMessage), (.grantedWithMods, .notGranted), (.rejection, .notGranted),
        (.garbage, .malformed), (.truncated, .malformed), (.trailing, .malformed), (.huge, .malformed),
    ]

    @Test func `an authority that misbehaves is refused`() async throws {
        try await withStampAuthority { authority in
            let roots = try TimestampRoots(pem: authority.rootPEM)
            for (manner, refusal) in Self.misbehaviour {
                let answer = try await authority.stamp(message, manner)
                #expect(throws: refusal, "\(manner)") { try TimestampReply(answer).verify(over: message, roots: roots) }
            }
        }
    }

    @Test func `the openssl command reads our question`() async throws {
        let folder = try TemporaryFolder()
        let query = try TimestampQuery(message: message)
        try query.bytes.write(to: URL(fileURLWithPath: folder.path + "/query"))
        let text = String(
            decoding: try OpenSSLCommand.run(["ts", "-query", "-in", folder.path + "/query", "-text"]), as: UTF8.self)
        #expect(text.contains("Hash Algorithm: sha256") && text.contains("Certificate required: yes"), "\(text)")
    }

    @Test(arguments: ["", "nothing", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
    func `roots that are no certificates are refused`(pem: String) {
        #expect(throws: OpenSSLError.self) { try TimestampRoots(pem: pem) }
    }
}

import Foundation
import OpenSSL

/// The text whose digest is signed, and its parts.
struct CanonicalRequest {
    /// `host;x-amz-date`.
    let signedHeaders: String
    let text: String

    init(_ request: WireRequest, query: String, signing names: Set<String>, pathRule: PathRule, payloadHash: String) {
        // By bytes: the order of `String` follows Unicode and differs from AWS's.
        let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        signedHeaders = sorted.joined(separator: ";")
        let lines = sorted.map { name in
            "\(name):" + request.values(of: name).map(Self.folded).joined(separator: ",") + "\n"
        }
        text = [
            request.method, pathRule.canonicalPath(request.path), Self.canonicalQuery(query), lines.joined(),
            signedHeaders, payloadHash,
        ].joined(separator: "\n")
    }

    static func hash(of body: Data) -> String { Hexadecimal.text(SHA256.digest(of: body)) }

    /// Names and values escaped anew and sorted by their escaped bytes.
    static func canonicalQuery(_ query: String) -> String {
        query.split(separator: "&").map { part -> (String, String) in
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = pair.count == 2 ? pair[1] : ""
            return (
                PercentEncoding.encode(PercentEncoding.decode(pair[0])),
                PercentEncoding.encode(PercentEncoding.decode(value))
            )
        }
        .sorted { left, right in
            left.0 == right.0
                ? left.1.utf8.lexicographicallyPrecedes(right.1.utf8)
                : left.0.utf8.lexicographicallyPrecedes(right.0.utf8)
        }
        .map { "\($0.0)=\($0.1)" }
        .joined(separator: "&")
    }

    /// Trimmed, runs of white space made one space.
    private static func folded(_ value: String) -> String {
        value.utf8.split { $0 == 32 || (9...13).contains($0) }.map { String(decoding: $0, as: UTF8.self) }
            .joined(separator: " ")
    }
}

/// Where and when a signature is valid, and the key derived for it.
struct SigningScope {
    let date: String
    let region: String
    let service: String

    /// `20150830/us-east-1/service/aws4_request`.
    var text: String { "\(date)/\(region)/\(service)/aws4_request" }

    func stringToSign(_ canonical: CanonicalRequest, at time: String) -> String {
        "AWS4-HMAC-SHA256\n\(time)\n\(text)\n" + CanonicalRequest.hash(of: Data(canonical.text.utf8))
    }

    func signature(of stringToSign: String, secret: String) -> String {
        var key = Data("AWS4\(secret)".utf8)
        for part in [date, region, service, "aws4_request"] {
            key = HMACSHA256.authenticate(Data(part.utf8), key: key)
        }
        return Hexadecimal.text(HMACSHA256.authenticate(Data(stringToSign.utf8), key: key))
    }
}

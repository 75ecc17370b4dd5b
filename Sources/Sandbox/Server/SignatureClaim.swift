import FinOps
import Foundation
import OpenSSL

/// The `Authorization: AWS4-HMAC-SHA256 …` header of a request, and whether a secret reproduces it.
struct SignatureClaim {
    let accessKeyID: String
    let sessionToken: String?
    let service: String
    let time: Timestamp?
    private let date: String
    private let region: String
    private let signedHeaders: [String]
    private let signature: String
    private let compactTime: String

    init?(_ headers: [String: String]) {
        guard let header = headers["authorization"], header.hasPrefix("AWS4-HMAC-SHA256 ") else { return nil }
        var fields: [String: String] = [:]
        for part in header.dropFirst(17).split(separator: ",") {
            let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2 else { return nil }
            fields[pair[0]] = pair[1]
        }
        let scope = (fields["Credential"] ?? "").split(separator: "/").map(String.init)
        guard scope.count == 5, scope[4] == "aws4_request", let signed = fields["SignedHeaders"],
            let signature = fields["Signature"]
        else { return nil }
        (accessKeyID, date, region, service) = (scope[0], scope[1], scope[2], scope[3])
        signedHeaders = signed.split(separator: ";").map(String.init)
        self.signature = signature
        sessionToken = headers["x-amz-security-token"]
        compactTime = headers["x-amz-date"] ?? ""
        time = Self.timestamp(compactTime)
    }

    func matches(_ request: ReceivedRequest, secret: String) -> Bool {
        guard signedHeaders.contains("host"), compactTime.hasPrefix(date) else { return false }
        let payload = Self.hex(SHA256.digest(of: request.body))
        if let claimed = request.headers["x-amz-content-sha256"], claimed != payload { return false }
        let lines = signedHeaders.map { name in
            let words = (request.headers[name] ?? "").split(separator: " ")
            return "\(name):\(words.joined(separator: " "))\n"
        }
        let query = request.rawQuery.split(separator: "&").map { $0.contains("=") ? String($0) : $0 + "=" }.sorted()
        let canonical = [
            request.method, Self.encodedAgain(request.rawPath), query.joined(separator: "&"), lines.joined(),
            signedHeaders.joined(separator: ";"), payload,
        ].joined(separator: "\n")
        let scope = "\(date)/\(region)/\(service)/aws4_request"
        let digest = Self.hex(SHA256.digest(of: Data(canonical.utf8)))
        let toSign = "AWS4-HMAC-SHA256\n\(compactTime)\n\(scope)\n\(digest)"
        var key = Data("AWS4\(secret)".utf8)
        for part in [date, region, service, "aws4_request"] {
            key = HMACSHA256.authenticate(Data(part.utf8), key: key)
        }
        return Self.hex(HMACSHA256.authenticate(Data(toSign.utf8), key: key)) == signature
    }

    /// Services other than S3 sign the path encoded twice.
    private static func encodedAgain(_ path: String) -> String {
        path.isEmpty ? "/" : path.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%25")
    }

    /// `20260310T101112Z`.
    private static func timestamp(_ text: String) -> Timestamp? {
        let characters = Array(text)
        guard characters.count == 16 else { return nil }
        func part(_ range: Range<Int>) -> String { String(characters[range]) }
        return Timestamp(
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z")
    }

    static func hex(_ bytes: Data) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

import Foundation
import SigV4
import Testing

/// One of the 38 cases of AWS's signing test suite (aws-c-auth, Apache-2.0): a raw request, and what header and query
/// signing make of it. All share key, time, region and service.
struct PublishedVector: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let request: String
    let header_canonical_request: String
    let header_signature: String
    let query_canonical_request: String
    let query_signature: String
    let normalize: Bool?
    let sign_body: Bool?
    let token: String?
    let omit_session_token: Bool?

    static let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    static let time = SigningTime("20150830T123600Z")!

    static let all: [PublishedVector] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("published-vectors.json")
        // A missing file leaves no cases, which the test that counts them reports.
        return (try? JSONDecoder().decode([PublishedVector].self, from: Data(contentsOf: file))) ?? []
    }()

    var testDescription: String { name }

    var signer: Signer {
        Signer(
            SigningCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: Self.secret, sessionToken: token),
            region: "us-east-1", service: "service", pathRule: .escapedTwice(normalised: normalize ?? true))
    }

    /// The raw HTTP text taken apart, folded header lines joined to the one before.
    var wireRequest: WireRequest {
        let parts = request.components(separatedBy: "\n\n")
        var lines: [String] = []
        for line in parts[0].components(separatedBy: "\n") where !line.isEmpty {
            if line.hasPrefix(" ") { lines[lines.count - 1] += "\n" + line } else { lines.append(line) }
        }
        let words = lines[0].components(separatedBy: " ")
        let target = words[1..<(words.count - 1)].joined(separator: " ")
        let pieces = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let headers = lines.dropFirst().map { line -> WireRequest.Header in
            let field = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return .init(field[0], field[1])
        }
        return WireRequest(
            method: words[0], path: pieces[0], query: pieces.count == 2 ? pieces[1] : "", headers: headers,
            body: Data((parts.count == 2 ? parts[1] : "").utf8))
    }
}

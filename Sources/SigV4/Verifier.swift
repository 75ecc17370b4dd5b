import Foundation

/// Recomputes the signature of a received request, in the header or in the query.
public struct Verifier: Sendable {
    public enum Verdict: Hashable, Sendable {
        case accepted(Claim)
        /// The request carries no signature.
        case unsigned
        /// A signature that cannot be read, or that leaves out what must be signed.
        case malformed
        case unknownKey(accessKeyID: String)
        /// The signature's time is further from the server's than allowed, or a presigned URL has expired.
        case outOfTime(Claim)
        /// `x-amz-content-sha256` is not the digest of the body.
        case wrongBody(Claim)
        /// The server's canonical request, as AWS's own refusal shows it.
        case wrongSignature(Claim, canonicalRequest: String)
    }

    /// Who says to have signed, when, and for what.
    public struct Claim: Hashable, Sendable {
        public let accessKeyID: String
        public let sessionToken: String?
        public let time: SigningTime
        public let region: String
        public let service: String
    }

    public let allowedSkewSeconds: Int
    private let secret: @Sendable (_ accessKeyID: String) -> String?

    public init(allowedSkewSeconds: Int = 300, secret: @escaping @Sendable (_ accessKeyID: String) -> String?) {
        self.allowedSkewSeconds = allowedSkewSeconds
        self.secret = secret
    }

    public func verify(_ request: WireRequest, now: SigningTime) -> Verdict {
        guard let parts = SignatureParts(request) else {
            return SignatureParts.isPresent(in: request) ? .malformed : .unsigned
        }
        let claim = parts.claim
        guard parts.signedHeaders.contains("host"), parts.date == claim.time.date else { return .malformed }
        // An unsigned token could be exchanged on the way. In a presigned URL it is part of the signed query.
        guard parts.signsSessionToken(of: request) else { return .malformed }
        guard let secret = secret(claim.accessKeyID) else { return .unknownKey(accessKeyID: claim.accessKeyID) }
        let age = now.secondsSinceEpoch - claim.time.secondsSinceEpoch
        guard age >= -allowedSkewSeconds, age <= (parts.expiresAfterSeconds ?? allowedSkewSeconds) else {
            return .outOfTime(claim)
        }
        let isS3 = claim.service == "s3"
        let bodyHash = CanonicalRequest.hash(of: request.body)
        let stated = request.values(of: "x-amz-content-sha256").first
        let isUnsignedPayload =
            stated == "UNSIGNED-PAYLOAD" || (stated == nil && isS3 && parts.expiresAfterSeconds != nil)
        guard isUnsignedPayload || stated == nil || stated == bodyHash else { return .wrongBody(claim) }
        let canonical = CanonicalRequest(
            request, query: parts.unsignedQuery, signing: Set(parts.signedHeaders),
            pathRule: isS3 ? .escapedOnce : .standard, payloadHash: isUnsignedPayload ? "UNSIGNED-PAYLOAD" : bodyHash)
        let scope = SigningScope(date: parts.date, region: claim.region, service: claim.service)
        let expected = scope.signature(
            of: scope.stringToSign(canonical, at: claim.time.description), secret: secret)
        return Self.isEqual(expected, parts.signature)
            ? .accepted(claim) : .wrongSignature(claim, canonicalRequest: canonical.text)
    }

    /// In constant time, so that a signature cannot be guessed byte by byte.
    private static func isEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// A signature taken apart.
struct SignatureParts {
    let claim: Verifier.Claim
    let date: String
    let signedHeaders: [String]
    let signature: String
    let unsignedQuery: String
    let expiresAfterSeconds: Int?

    static func isPresent(in request: WireRequest) -> Bool {
        !request.values(of: "authorization").isEmpty || request.query.contains("X-Amz-Signature=")
    }

    func signsSessionToken(of request: WireRequest) -> Bool {
        request.values(of: "x-amz-security-token").isEmpty || signedHeaders.contains("x-amz-security-token")
    }

    init?(_ request: WireRequest) {
        var fields: [String: String] = [:]
        let time: String?
        let token: String?
        if let header = request.values(of: "authorization").first {
            guard header.hasPrefix("AWS4-HMAC-SHA256 ") else { return nil }
            for part in header.dropFirst(17).split(separator: ",") {
                let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1).map(String.init)
                guard pair.count == 2 else { return nil }
                fields[pair[0]] = pair[1]
            }
            time = request.values(of: "x-amz-date").first
            token = request.values(of: "x-amz-security-token").first
            unsignedQuery = request.query
            expiresAfterSeconds = nil
        } else {
            for part in request.query.split(separator: "&") where part.hasPrefix("X-Amz-") {
                let pair = part.split(separator: "=", maxSplits: 1)
                guard pair.count == 2 else { return nil }
                fields[String(pair[0].dropFirst(6))] = String(decoding: PercentEncoding.decode(pair[1]), as: UTF8.self)
            }
            guard fields["Algorithm"] == "AWS4-HMAC-SHA256", let expires = fields["Expires"].flatMap({ Int($0) }),
                (1...604_800).contains(expires)
            else { return nil }
            time = fields["Date"]
            token = fields["Security-Token"]
            unsignedQuery = request.query.split(separator: "&").filter { !$0.hasPrefix("X-Amz-Signature=") }
                .joined(separator: "&")
            expiresAfterSeconds = expires
        }
        let scope = (fields["Credential"] ?? "").split(separator: "/").map(String.init)
        guard scope.count == 5, scope[4] == "aws4_request", let names = fields["SignedHeaders"],
            let signature = fields["Signature"], let signingTime = time.flatMap({ SigningTime($0) })
        else { return nil }
        claim = Verifier.Claim(
            accessKeyID: scope[0], sessionToken: token, time: signingTime, region: scope[2], service: scope[3])
        date = scope[1]
        signedHeaders = names.split(separator: ";").map(String.init)
        self.signature = signature
    }
}

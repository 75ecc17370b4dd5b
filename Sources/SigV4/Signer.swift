import Foundation

/// AWS Signature Version 4. Pure: the same request, credentials and time give the same signature.
public struct Signer: Sendable {
    public let credentials: SigningCredentials
    public let region: String
    public let service: String
    public let pathRule: PathRule

    public init(
        _ credentials: SigningCredentials, region: String, service: String, pathRule: PathRule? = nil
    ) {
        self.credentials = credentials
        self.region = region
        self.service = service
        self.pathRule = pathRule ?? (service == "s3" ? .escapedOnce : .standard)
    }

    /// The header fields to add to the request: `X-Amz-Date`, the token if there is one, the body's digest if asked for or
    /// for S3, and `Authorization`. Every given header is signed but those a proxy may change.
    ///
    /// - Parameter signsToken: false adds the token after signing, as a few services want it.
    public func headers(
        signing request: WireRequest, at time: SigningTime, includesBodyDigest: Bool = false, signsToken: Bool = true
    ) -> [WireRequest.Header] {
        let payloadHash = CanonicalRequest.hash(of: request.body)
        var added = [WireRequest.Header("X-Amz-Date", time.description)]
        if includesBodyDigest || service == "s3" { added.append(.init("X-Amz-Content-Sha256", payloadHash)) }
        let token = credentials.sessionToken.map { WireRequest.Header("X-Amz-Security-Token", $0) }
        if let token, signsToken { added.append(token) }

        var complete = request
        complete.headers += added
        let canonical = CanonicalRequest(
            complete, query: request.query, signing: Self.signable(complete.headers), pathRule: pathRule,
            payloadHash: payloadHash)
        let scope = SigningScope(date: time.date, region: region, service: service)
        let signature = scope.signature(
            of: scope.stringToSign(canonical, at: time.description), secret: credentials.secretAccessKey)
        if let token, !signsToken { added.append(token) }
        added.append(
            .init(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope.text), "
                    + "SignedHeaders=\(canonical.signedHeaders), Signature=\(signature)"))
        return added
    }

    /// The query of a presigned URL, signature last.
    public func query(
        signing request: WireRequest, at time: SigningTime, expiresAfterSeconds: Int, signsToken: Bool = true
    ) -> String {
        let scope = SigningScope(date: time.date, region: region, service: service)
        let names = Self.signable(request.headers)
        let token = credentials.sessionToken.map { "X-Amz-Security-Token=" + PercentEncoding.encode($0.utf8) }
        var parts = request.query.isEmpty ? [] : [request.query]
        parts += [
            "X-Amz-Algorithm=AWS4-HMAC-SHA256",
            "X-Amz-Credential=" + PercentEncoding.encode("\(credentials.accessKeyID)/\(scope.text)".utf8),
            "X-Amz-Date=\(time)",
            "X-Amz-SignedHeaders="
                + PercentEncoding.encode(
                    names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: ";").utf8),
            "X-Amz-Expires=\(expiresAfterSeconds)",
        ]
        if let token, signsToken { parts.append(token) }
        let canonical = CanonicalRequest(
            request, query: parts.joined(separator: "&"), signing: names, pathRule: pathRule,
            payloadHash: service == "s3" ? "UNSIGNED-PAYLOAD" : CanonicalRequest.hash(of: request.body))
        let signature = scope.signature(
            of: scope.stringToSign(canonical, at: time.description), secret: credentials.secretAccessKey)
        if let token, !signsToken { parts.append(token) }
        return (parts + ["X-Amz-Signature=\(signature)"]).joined(separator: "&")
    }

    private static func signable(_ headers: [WireRequest.Header]) -> Set<String> {
        Set(headers.map { $0.name.lowercased() }).subtracting(unsigned)
    }

    /// As botocore: what proxies add, drop or rewrite.
    private static let unsigned: Set<String> = [
        "authorization", "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id",
    ]
}

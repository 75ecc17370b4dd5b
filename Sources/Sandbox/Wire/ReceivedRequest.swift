import Foundation
import SigV4

/// A request as it came over the wire.
struct ReceivedRequest: Sendable {
    let method: String
    let rawPath: String
    let rawQuery: String
    /// Names in lower case.
    let headers: [String: String]
    let body: Data

    /// The parts a signature covers.
    var wire: WireRequest {
        WireRequest(
            method: method, path: rawPath, query: rawQuery, headers: headers.map { WireRequest.Header($0, $1) },
            body: body)
    }
}

/// Whose key a request names and for which service, not yet believed.
struct CredentialScope {
    let accessKeyID: String
    let service: String

    init?(_ request: ReceivedRequest) {
        guard let header = request.headers["authorization"], let start = header.firstRange(of: "Credential=") else {
            return nil
        }
        let parts = header[start.upperBound...].prefix { $0 != "," && $0 != " " }.split(separator: "/").map(String.init)
        guard parts.count == 5 else { return nil }
        (accessKeyID, service) = (parts[0], parts[3])
    }
}

/// Which service, operation and protocol a request is for.
struct RequestAddress {
    let service: String
    let operation: String
    let dialect: SandboxRequest.Dialect
    let form: [String: String]
    /// The access portal and its token endpoint know their callers by a token.
    var isUnsigned: Bool { service == "sso" || service == "sso-oidc" }

    init(_ request: ReceivedRequest) {
        let paths = [
            "GET /federation/credentials": ("sso", "GetRoleCredentials"), "POST /token": ("sso-oidc", "CreateToken"),
            "POST /DescribeSavingsPlans": ("savingsplans", "DescribeSavingsPlans"),
        ]
        if let (name, action) = paths["\(request.method) \(request.rawPath)"] {
            (service, operation, dialect, form) = (name, action, .json(version: "1.1"), [:])
            return
        }
        if let target = request.headers["x-amz-target"] {
            let parts = target.split(separator: ".").map(String.init)
            service = SandboxRequest.services[parts.dropLast().joined(separator: ".")] ?? "unknown"
            operation = parts.last ?? "unknown"
            dialect = .json(version: request.headers["content-type"]?.hasSuffix("1.0") == true ? "1.0" : "1.1")
            form = [:]
            return
        }
        let fields = FormFields.decode(
            request.body.isEmpty ? request.rawQuery : String(decoding: request.body, as: UTF8.self))
        form = fields
        service = CredentialScope(request)?.service ?? (fields["Action"] == nil ? "unknown" : "sts")
        operation = fields["Action"] ?? "unknown"
        dialect = fields["Action"] == nil ? .json(version: "1.1") : .query
    }
}

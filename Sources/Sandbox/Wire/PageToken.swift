import FinOps
import Foundation
import OpenSSL

/// Opaque paging tokens, bound to the request that got them. A token replayed with another request is told from one that
/// was never issued, because AWS tells them apart too.
struct PageToken: Sendable {
    enum Reading: Equatable { case position(Int), otherRequest, notIssued }

    private let key: Data

    init(seed: UInt64) {
        key = SHA256.digest(of: Data("sandbox page token \(seed)".utf8))
    }

    func make(position: Int, fingerprint: String) -> String {
        let payload = "\(position).\(fingerprint)"
        return Data("\(payload).\(mac(payload))".utf8).base64EncodedString()
    }

    func read(_ token: String, fingerprint: String) -> Reading {
        guard let bytes = Data(base64Encoded: token) else { return .notIssued }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: ".").map(String.init)
        guard parts.count == 3, let position = Int(parts[0]), mac("\(parts[0]).\(parts[1])") == parts[2] else {
            return .notIssued
        }
        return parts[1] == fingerprint ? .position(position) : .otherRequest
    }

    /// A request without its token, from this caller: what a token is bound to.
    static func fingerprint(_ request: SandboxRequest, _ parameters: JSONValue, tokenMember: String) -> String {
        var members = parameters.members ?? [:]
        members[tokenMember] = nil
        let text = Data("\(request.caller.accountID) \(request.service):\(request.operation) ".utf8)
        return String(BoundedText.hex(SHA256.digest(of: text + JSONValue.object(members).bytes)).prefix(32))
    }

    private func mac(_ payload: String) -> String {
        String(BoundedText.hex(HMACSHA256.authenticate(Data(payload.utf8), key: key)).prefix(32))
    }
}

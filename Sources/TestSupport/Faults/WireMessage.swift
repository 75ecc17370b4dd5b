import Foundation

/// One HTTP/1.1 message with a content length, byte for byte.
struct WireMessage: Sendable {
    var head: String
    var body: Data

    init(head: String, body: Data) {
        self.head = head
        self.body = body
    }

    init(status: Int, headers: [String: String], body: Data) {
        var lines = ["HTTP/1.1 \(status) Spoilt", "Content-Length: \(body.count)"]
        lines += headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        self.init(head: lines.joined(separator: "\r\n") + "\r\n\r\n", body: body)
    }

    var bytes: Data { Data(head.utf8) + body }
    /// The whole head, and half of the body it promises.
    var firstHalf: Data { Data(head.utf8) + body.prefix(body.count / 2) }

    /// In two chunks, without a length in the head.
    var chunked: Data {
        let head = replacingField("Content-Length", with: nil).replacingField("Transfer-Encoding", with: "chunked").head
        let middle = body.startIndex + body.count / 2
        return [body[..<middle], body[middle...]].filter { !$0.isEmpty }.reduce(Data(head.utf8)) { bytes, part in
            bytes + Data((String(part.count, radix: 16) + "\r\n").utf8) + part + Data("\r\n".utf8)
        } + Data("0\r\n\r\n".utf8)
    }

    func field(_ name: String) -> String? {
        for line in head.components(separatedBy: "\r\n").dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == name.lowercased() else { continue }
            return String(parts[1].drop { $0 == " " })
        }
        return nil
    }

    /// `ce:GetCostAndUsage`, from the target header or from the form.
    var operation: String {
        if let target = field("X-Amz-Target") {
            let parts = target.split(separator: ".").map(String.init)
            return (Self.services[parts.first ?? ""] ?? parts.first ?? "") + ":" + (parts.last ?? "")
        }
        let action = String(decoding: body, as: UTF8.self).split(separator: "&").first { $0.hasPrefix("Action=") }
        return "sts:" + (action.map { String($0.dropFirst(7)) } ?? "")
    }

    private static let services = [
        "AWSInsightsIndexService": "ce", "AWSOrganizationsV20161128": "organizations",
        "AWSBudgetServiceGateway": "budgets", "Invoicing": "invoicing",
    ]
    private static let tokenNames = ["NextPageToken", "NextToken"]

    /// Of a request the token it asks with, of an answer the token it gives.
    var pageToken: String? {
        guard let object = try? JSONSerialization.jsonObject(with: body) as? [String: Any] else { return nil }
        return Self.tokenNames.lazy.compactMap { object[$0] as? String }.first
    }

    func replacingPageToken(_ token: String?) -> WireMessage {
        rewritten { object in
            for name in Self.tokenNames where object[name] != nil { object[name] = token ?? NSNull() as Any }
        }
    }

    func emptied(nextToken: String) -> WireMessage {
        rewritten { object in
            for (name, value) in object where value is [Any] { object[name] = [Any]() }
            object[object["ResultsByTime"] == nil ? "NextToken" : "NextPageToken"] = nextToken
        }
    }

    func replacingField(_ name: String, with value: String?) -> WireMessage {
        var lines = head.components(separatedBy: "\r\n").filter {
            !$0.lowercased().hasPrefix(name.lowercased() + ":")
        }
        if let value { lines.insert("\(name): \(value)", at: 1) }
        return WireMessage(head: lines.joined(separator: "\r\n"), body: body)
    }

    private func rewritten(_ change: (inout [String: Any]) -> Void) -> WireMessage {
        guard var object = try? JSONSerialization.jsonObject(with: body) as? [String: Any] else { return self }
        change(&object)
        guard let changed = try? JSONSerialization.data(withJSONObject: object) else { return self }
        var message = replacingField("content-length", with: String(changed.count))
        message.body = changed
        return message
    }
}

import FinOps
import Foundation

/// Asks a server of the Model Context Protocol over its stdin and stdout: one JSON-RPC message a line. Throws `Trouble`, one
/// sentence for whatever the server does instead of answering.
final class ModelContextClient {
    private let conversation: LineConversation
    /// What the server is called in sentences: its program's file name.
    private let label: String
    private var lastID = 0

    init(_ conversation: LineConversation, label: String) {
        (self.conversation, self.label) = (conversation, label)
    }

    /// Says hello, and returns the server's name and version as it gives them.
    func greet() async throws -> String {
        let method = "initialize"
        let answer = try await result(
            of: method,
            [
                "protocolVersion": .string(ModelContextServer.handshakeVersions[0]), "capabilities": [:],
                "clientInfo": ["name": "finops-monthly", "version": .string(FinOpsMonthly.toolVersion)],
            ])
        let revision = answer["protocolVersion"]?.text ?? ""
        guard ModelContextServer.handshakeVersions.contains(revision) else {
            throw trouble(
                .notOffered, "McpRevision",
                "\(label) speaks revision \(UntrustedText(revision).text) of the protocol, which is not spoken here",
                method)
        }
        try await send(["jsonrpc": "2.0", "method": "notifications/initialized"], method)
        let names = [answer["serverInfo"]?["name"], answer["serverInfo"]?["version"]].compactMap { $0?.text }
        return UntrustedText(names.joined(separator: " ")).text
    }

    /// Throws when the server has no such tool.
    func require(tool name: String) async throws {
        let method = "tools/list"
        var cursor: JSONValue?
        for _ in 0..<Self.mostListings {
            let page = try await result(of: method, cursor.map { ["cursor": $0] } ?? [:])
            if page["tools"]?.elements?.contains(where: { $0["name"]?.text == name }) == true { return }
            cursor = page["nextCursor"]
            if cursor?.text == nil { break }
        }
        throw trouble(
            .notOffered, "McpToolMissing", "\(label) has no tool `\(name)`", method,
            hint: "name a server that has it, such as awslabs.billing-cost-management-mcp-server")
    }

    private static let mostListings = 20

    /// What the tool answers: its structure, or the JSON that is its text. An answer that is marked as an error is thrown.
    func call(_ tool: String, _ arguments: JSONValue) async throws -> JSONValue {
        let method = "tools/call \(tool)"
        let answer = try await result(of: "tools/call", ["name": .string(tool), "arguments": arguments])
        let text = answer["content"]?.elements?.first { $0["type"] == "text" }?["text"]?.text
        let found = answer["structuredContent"] ?? text.flatMap { try? JSONValue(parsing: Data($0.utf8)) }
        guard answer["isError"] != true else {
            let said = UntrustedText(
                found?["message"]?.text ?? text ?? "no reason given", limitBytes: UntrustedText.reasonLimitBytes)
            throw trouble(.invalidRequest, "McpToolError", "\(label) could not answer: \(said.text)", method)
        }
        guard let found else {
            throw trouble(.unreachable, "McpUnreadableAnswer", "\(label) answered without JSON", method)
        }
        return found
    }

    // MARK: wire

    private func result(of method: String, _ parameters: JSONValue) async throws -> JSONValue {
        lastID += 1
        let id = JSONValue.integer(lastID)
        try await send(["jsonrpc": "2.0", "id": id, "method": .string(method), "params": parameters], method)
        while let line = try await received(method) {
            guard let message = try? JSONValue(parsing: line), message["jsonrpc"] == "2.0" else {
                throw trouble(
                    .unreachable, "McpNotTheProtocol", "\(label) said something that is not the protocol", method)
            }
            if message["method"] != nil {
                try await refuse(message, method)
            } else if message["id"] == id {
                if let result = message["result"] { return result }
                let said = UntrustedText(
                    message["error"]?["message"]?.text ?? "no reason given", limitBytes: UntrustedText.reasonLimitBytes)
                throw trouble(.invalidRequest, "McpRefused", "\(label) refused \(method): \(said.text)", method)
            }
        }
        throw ended(method)
    }

    /// A server may ask its client, or tell it something meanwhile. It is only alive here.
    private func refuse(_ message: JSONValue, _ method: String) async throws {
        guard let id = message["id"] else { return }
        guard message["method"] != "ping" else {
            return try await send(["jsonrpc": "2.0", "id": id, "result": [:]], method)
        }
        try await send(
            ["jsonrpc": "2.0", "id": id, "error": ["code": -32601, "message": "this client does nothing but ask"]],
            method)
    }

    private func send(_ message: JSONValue, _ method: String) async throws {
        do {
            try await conversation.send(message.bytes)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw ended(method)
        }
    }

    private func received(_ method: String) async throws -> Data? {
        do {
            return try await conversation.receive()
        } catch is ProcessFlood {
            throw trouble(.unreachable, "McpFlood", "\(label) said more than it was allowed to", method)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw ended(method)
        }
    }

    private func ended(_ method: String) -> Trouble {
        trouble(.unreachable, "McpServerEnded", "\(label) ended before it answered \(method)", method)
    }

    private func trouble(
        _ kind: Trouble.Kind, _ code: String, _ message: String, _ method: String,
        hint: String = "start the command that `mcp_server` names by hand: what it says on stderr tells why"
    ) -> Trouble {
        Trouble(kind, code: code, message: message, operation: "mcp:\(method)", hint: hint)
    }
}

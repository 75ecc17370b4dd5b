import Testing

/// The AWS client cannot express a write: an operation is a case of one table, and only what speaks for a case is sent.
@Suite struct `The client only reads` {
    private func lines(containing text: String) throws -> [(path: String, line: String)] {
        try SourceTree.swiftFiles(in: "Sources/AWS").flatMap { path in
            try SourceTree.text(path).split(separator: "\n").filter { $0.contains(text) }
                .map { (path, $0.drop { $0 == " " }.description) }
        }
    }

    @Test func `requests leave through the connection, or fetch keys`() throws {
        let senders = Set(try lines(containing: "http.send(").map(\.path))
        #expect(senders.contains("Sources/AWS/Wire/ServiceConnection.swift"))
        let others = senders.filter {
            $0 != "Sources/AWS/Wire/ServiceConnection.swift" && !$0.hasPrefix("Sources/AWS/Credentials/")
        }
        #expect(others.isEmpty, "\(others)")
    }

    @Test func `a call is made from the table of reads, or to take on a role`() throws {
        let makers = try lines(containing: "ServiceCall(").filter { !$0.line.hasPrefix("///") }
        #expect(makers.contains { $0.line.hasPrefix("return ServiceCall(service: service, name: rawValue)") })
        let others = makers.filter {
            $0.path != "Sources/AWS/Operations/ReadOperation.swift"
                || ![
                    "return ServiceCall(service: service, name: rawValue)", "static let assumeRole",
                    "static let sign = ServiceCall(service: .keyManagement, name: \"kms:Sign\")",
                    "static let getPublicKey = ServiceCall(service: .keyManagement",
                    "static let publish = ServiceCall(service: .notification, name: \"sns:Publish\")",
                    "static let sendEmail = ServiceCall(service: .email, name: \"ses:SendEmail\")",
                    "static let startQueryExecution = ServiceCall(service: .athena, name: \"athena:StartQueryExecution\")",
                    "static let stopQueryExecution = ServiceCall(service: .athena, name: \"athena:StopQueryExecution\")",
                    "static let getQueryExecution = ServiceCall(service: .athena, name: \"athena:GetQueryExecution\")",
                    "static let getQueryResults = ServiceCall(service: .athena, name: \"athena:GetQueryResults\")",
                    "static let getWorkGroup = ServiceCall(service: .athena, name: \"athena:GetWorkGroup\")",
                    "static let getTable = ServiceCall(service: .glue, name: \"glue:GetTable\")",
                    "static let getPartition = ServiceCall(service: .glue, name: \"glue:GetPartition\")",
                ]
                .contains(where: $0.line.hasPrefix)
        }
        #expect(others.isEmpty, "\(others)")
    }

    @Test func `only the room of keys signs`() throws {
        let signers = Set(
            try lines(containing: "(.sign, ").map(\.path) + lines(containing: "ServiceCall.sign").map(\.path))
        #expect(signers == ["Sources/AWS/Services/KeyManagement.swift"])
    }

    @Test func `only the door to Athena starts and stops queries there`() throws {
        let doors = try ["startQueryExecution", "stopQueryExecution"].flatMap { try lines(containing: $0).map(\.path) }
        #expect(
            Set(doors) == ["Sources/AWS/Operations/ReadOperation.swift", "Sources/AWS/Services/Athena.swift"])
    }

    @Test func `only the room of messages writes, and each message once`() throws {
        let writers = ["(.publish, ", "                .publish, ", "                .sendEmail, ", "(.sendEmail, "]
            .flatMap { name in (try? lines(containing: name).map(\.path)) ?? [] }
        let named = try ["ServiceCall.publish", "ServiceCall.sendEmail"].flatMap {
            try lines(containing: $0).map(\.path)
        }
        #expect(Set(writers + named) == ["Sources/AWS/Services/Messaging.swift"])
        let messaging = try SourceTree.text("Sources/AWS/Services/Messaging.swift")
        #expect(!messaging.contains("connection.exchange("), "what may be asked twice is not a message")
    }

    @Test func `nothing but POST, GET and HEAD is sent`() throws {
        let methods = try lines(containing: "method: \"")
        #expect(methods.contains { $0.line.contains("method: \"POST\"") })
        // A token of EC2's metadata service is fetched with PUT.
        let others = methods.filter { found in
            !["POST", "GET", "HEAD"].contains { found.line.contains("method: \"\($0)\"") }
                && !(found.path.hasPrefix("Sources/AWS/Credentials/") && found.line.contains("method: \"PUT\""))
        }
        #expect(others.isEmpty, "\(others)")
    }
}

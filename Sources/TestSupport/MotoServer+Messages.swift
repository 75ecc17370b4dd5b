import Foundation

extension MotoServer {
    /// A message that SES was given.
    public struct Mail: Decodable, Sendable {
        public let id: String
        public let source: String
        public let destinations: [String]
        public let raw: String

        private enum CodingKeys: String, CodingKey {
            case id, source, destinations
            case raw = "raw_data"
        }
    }

    private struct State: Decodable {
        struct Mails: Decodable { let RawMessage: [Mail] }
        let ses: Mails?
    }

    /// What SES was given, as moto's own interface shows it.
    public func mail() async throws -> [Mail] {
        let shown = try await python(
            "import sys, urllib.request as r; print(r.urlopen(sys.argv[1] + '/moto-api/data.json').read().decode())")
        return try JSONDecoder().decode(State.self, from: Data(shown.output.utf8)).ses?.RawMessage ?? []
    }

    /// From now on mail of that domain is taken.
    public func allowMail(from domain: String) async throws {
        try await succeed(
            "import boto3, sys; boto3.client('sesv2', region_name='eu-west-1').create_email_identity(EmailIdentity=sys.argv[2])",
            [domain])
    }

    /// A topic, and the queue that hears of it.
    public func topic(_ name: String) async throws -> (arn: String, queue: String) {
        let made = try await succeed(
            """
            import boto3, sys
            name, ordered = sys.argv[2], sys.argv[2].endswith(".fifo")
            sns, sqs = boto3.client("sns", region_name="eu-west-1"), boto3.client("sqs", region_name="eu-west-1")
            topic = sns.create_topic(Name=name, Attributes={"FifoTopic": "true"} if ordered else {})["TopicArn"]
            queue = sqs.create_queue(QueueName=name, Attributes={"FifoQueue": "true"} if ordered else {})["QueueUrl"]
            arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
            sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
            print(topic, queue)
            """, [name]
        ).split(whereSeparator: \.isWhitespace).map(String.init)
        return (made[0], made[1])
    }

    /// What lies in a queue: subject and message one after the other.
    public func published(in queue: String) async throws -> String {
        try await succeed(
            """
            import boto3, json, sys
            sqs = boto3.client("sqs", region_name="eu-west-1")
            for message in sqs.receive_message(QueueUrl=sys.argv[2], MaxNumberOfMessages=10).get("Messages", []):
                said = json.loads(message["Body"])
                print(said["Subject"])
                print(said["Message"], end="")
            """, [queue])
    }

    @discardableResult
    private func succeed(_ script: String, _ arguments: [String]) async throws -> String {
        let outcome = try await python(script, arguments)
        guard outcome.status == 0 else { throw PythonServer.NotStarted(name: "moto", said: outcome.errors) }
        return outcome.output
    }
}

import FinOps
import Testing

@testable import AWS

/// botocore's own rules for hosts and signing regions, asked offline.
@Suite struct EndpointWitnessTests {
    private struct Question: Encodable {
        let service: String
        let region: String
        let fips: Bool
        let dual: Bool
    }
    private struct Answer: Decodable {
        let url: String
        let signing: String?
    }

    private static let witness = """
        import json, sys, botocore.session, botocore.endpoint_provider as provider
        loader = botocore.session.get_session().get_component("data_loader")
        partitions = loader.load_data("partitions")
        answers = []
        for q in json.load(sys.stdin):
            rules = provider.EndpointProvider(loader.load_service_model(q["service"], "endpoint-rule-set-1"), partitions)
            r = rules.resolve_endpoint(Region=q["region"], UseFIPS=q["fips"], UseDualStack=q["dual"])
            scheme = (r.properties.get("authSchemes") or [{}])[0]
            answers.append({"url": r.url, "signing": scheme.get("signingRegion")})
        print(json.dumps(answers))
        """
    private static let regions = [
        "us-east-1", "ap-southeast-2", "eu-central-1", "mx-central-1", "us-gov-west-1", "us-gov-east-1", "cn-north-1",
        "cn-northwest-1",
    ]

    @Test func `every host and signing region is botocore's`() async throws {
        var questions: [Question] = []
        for service in AWSService.allCases.map(\.rawValue) + ["sso", "sso-oidc", "signin"] {
            for region in Self.regions {
                for (fips, dual) in [(false, false), (false, true), (true, false), (true, true)] {
                    // AWS has no certified hosts in China, whatever the rules make up; we refuse them.
                    if fips, region.hasPrefix("cn-") { continue }
                    // botocore asks for the dual-stack host of a region where the service does not live.
                    let home = Partition(region: region)!.homeRegion
                    if service == "organizations", dual, region != home { continue }
                    // … and Cost Optimization Hub in any region, where it lives in one.
                    if service == "cost-optimization-hub", region != home { continue }
                    questions.append(Question(service: service, region: region, fips: fips, dual: dual))
                }
            }
        }
        let answers: [Answer] = try await BotocoreProgram.run(Self.witness, questions)
        try #require(answers.count == questions.count && questions.count > 150)
        for (question, answer) in zip(questions, answers) {
            let (url, signing) = try ours(question)
            #expect(url == answer.url, "\(question)")
            if let signing, let expected = answer.signing { #expect(signing == expected, "\(question)") }
        }
    }

    private func ours(_ question: Question) throws -> (url: String, signing: String?) {
        let environment = [
            "AWS_USE_FIPS_ENDPOINT": String(question.fips), "AWS_USE_DUALSTACK_ENDPOINT": String(question.dual),
        ]
        let table = try EndpointTable(
            flag: nil, environment: environment, profile: nil, configuration: try configuration(),
            region: question.region)
        if let service = AWSService(rawValue: question.service) {
            return (table[service].url, table[service].signingRegion)
        }
        let services: [String: SignInService] = ["sso": .portal, "sso-oidc": .tokens, "signin": .login]
        return (try table.signIn(services[question.service]!, region: question.region), nil)
    }
}

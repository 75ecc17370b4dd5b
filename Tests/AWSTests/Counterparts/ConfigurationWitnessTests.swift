import FinOps
import Foundation
import HTTP
import Testing

@testable import AWS

/// The same files and environment given to botocore and to us must lead to the same keys, region and profile.
@Suite struct ConfigurationWitnessTests {
    struct Answer: Decodable, Hashable {
        /// `keys ID SECRET TOKEN`, `assume-role`, `sso`, `assume-role-with-web-identity`, `none` or `error`.
        let credentials: String
        let region: String?
        let profile: String
    }

    private static let witness = """
        import json, os, shutil, sys, tempfile
        import botocore.session
        answers = []
        for case in json.load(sys.stdin):
            home = tempfile.mkdtemp()
            try:
                for name in ("config", "credentials"):
                    with open(os.path.join(home, name), "w") as file: file.write(case[name])
                for name in list(os.environ):
                    if name.startswith("AWS_"): del os.environ[name]
                os.environ.update(case["environment"], HOME=home, AWS_EC2_METADATA_DISABLED="true",
                    AWS_CONFIG_FILE=home + "/config", AWS_SHARED_CREDENTIALS_FILE=home + "/credentials")
                answer = {"credentials": "error", "region": None, "profile": ""}
                try:
                    session = botocore.session.Session(profile=case["profile"])
                    answer["profile"] = session.profile or "default"
                    found = session.get_credentials()
                    answer["region"] = session.get_config_variable("region")
                    if found is None: answer["credentials"] = "none"
                    elif found.method in ("assume-role", "sso", "assume-role-with-web-identity"):
                        answer["credentials"] = found.method
                    else:
                        keys = found.get_frozen_credentials()
                        answer["credentials"] = f"keys {keys.access_key} {keys.secret_key} {keys.token}"
                except Exception: pass
                answers.append(answer)
            finally: shutil.rmtree(home)
        print(json.dumps(answers))
        """

    @Test func `the same files lead to the same keys, region and profile`() async throws {
        let cases = ConfigurationCase.all
        let answers: [Answer] = try await BotocoreProgram.run(Self.witness, cases)
        try #require(answers.count == cases.count && cases.count >= 40)
        for (example, answer) in zip(cases, answers) {
            let own = await ours(example)
            #expect(own.credentials == answer.credentials, "\(example.name)")
            // After an error there is nothing to compare.
            if answer.credentials == "error" { continue }
            #expect(own.profile == answer.profile, "\(example.name)")
            #expect(own.region == answer.region ?? "us-east-1", "\(example.name)")
        }
    }

    private func ours(_ example: ConfigurationCase) async -> Answer {
        var environment = example.environment
        environment["AWS_EC2_METADATA_DISABLED"] = "true"
        let files = SettingsFiles.memory([
            "/home/ann/.aws/config": example.config, "/home/ann/.aws/credentials": example.credentials,
        ])
        do {
            let settings = try ResolvedSettings(
                profile: example.profile, region: nil, endpointURL: nil, environment: environment,
                homeDirectory: "/home/ann", files: files)
            let credentials: String
            switch settings.plan {
            case .assumeRole: credentials = "assume-role"
            case .singleSignOn: credentials = "sso"
            case .webIdentity: credentials = "assume-role-with-web-identity"
            case .nothing: credentials = "none"
            default:
                let keys = try await store(
                    settings, ScriptedWire([.failure(.connect)]), clock: RealTimeClock(),
                    aids: SignInAids(processes: ForegroundRunner())
                ).credentials()
                credentials = "keys \(keys.accessKeyID) \(keys.secretAccessKey) \(keys.sessionToken ?? "None")"
            }
            return Answer(
                credentials: credentials, region: settings.region.name, profile: settings.selection.name)
        } catch {
            return Answer(credentials: "error", region: nil, profile: "")
        }
    }
}

/// Runs programs that end at once.
struct ForegroundRunner: ProcessRunner {
    func run(_ invocation: ProcessInvocation) async throws -> ProcessResult {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: invocation.executable)
        process.arguments = invocation.arguments
        process.environment = invocation.environment
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return ProcessResult(
            exitStatus: Int(process.terminationStatus), standardOutput: printed, standardError: said)
    }
}

import AWS
import CostExports
import Evidence
import FinOps
import Foundation
import HTTP
import Notices
import Pipeline
import OpenSSL

/// Looks at everything a month needs and says what is missing, with the remedy. Shows no secret.
struct Checkup {
    let global: GlobalOptions
    let settings: Settings
    let profile: String?

    func findings() async throws -> [CheckupFinding] {
        try await [libraries(), browser(), engine(), disk(), stamps()] + notices() + writers()
            + credentials() + keys()
    }

    private func libraries() -> CheckupFinding {
        CheckupFinding("libraries", .ok, "\(HTTPLibrary.version), \(OpenSSLLibrary.version)")
    }

    private func browser() -> CheckupFinding {
        guard
            let browser = ChromiumCapture.find(
                configured: settings[.browser]?.text, path: global.environment["PATH"] ?? "/usr/bin:/bin")
        else {
            return CheckupFinding(
                "browser", .advice, "none found: G6 will say that no page was looked at",
                hint: "apt-get install chromium")
        }
        return CheckupFinding("browser", .ok, browser)
    }

    private func engine() async -> CheckupFinding {
        do {
            let engine = try await DuckDB.find(
                configured: settings[.duckdb]?.text, path: global.environment["PATH"] ?? "/usr/bin:/bin",
                processes: SubprocessRunner())
            return CheckupFinding("line items", .ok, engine.executable)
        } catch {
            let explained = error as? any ExplainedError
            return CheckupFinding(
                "line items", .advice, "\(explained?.summary ?? "no DuckDB"): `--source L3=…` is not possible",
                hint: explained?.hint)
        }
    }

    /// Whether each place can be read; nobody is told anything.
    private func notices() async throws -> [CheckupFinding] {
        var findings: [CheckupFinding] = []
        for entry in try settings.notices() {
            do {
                let text = try await entry.source.read(global.environment)
                if entry.kind == .sns { _ = try TopicARN(text) }
                findings.append(CheckupFinding("notices", .ok, "\(entry.name), read from \(entry.source.label)"))
            } catch let error as any ExplainedError {
                findings.append(CheckupFinding("notices", .advice, "\(entry.name): \(error.summary)", hint: error.hint))
            }
        }
        if let list = try settings.distribution()?.list {
            do {
                let count = try MailAddress.list(try await list.read(global.environment), from: list).count
                findings.append(CheckupFinding("distribution", .ok, "\(count) recipients, read from \(list.label)"))
            } catch let error as any ExplainedError {
                findings.append(CheckupFinding("distribution", .missing, error.summary, hint: error.hint))
            }
        }
        return findings
    }

    private func disk() -> CheckupFinding {
        let root = global.rootDirectory
        guard FileManager.default.isWritableFile(atPath: root) else {
            return CheckupFinding(
                "root", .missing, "\(root) cannot be written", hint: "choose another with `--root DIR`")
        }
        return CheckupFinding("root", .ok, root)
    }

    /// Says whether seals will be stamped; asks no authority.
    private func stamps() throws -> CheckupFinding {
        let authorities = settings[.timestampAuthorities]?.texts ?? []
        let layout = try settings.layout(root: global.rootDirectory)
        let roots = try TrustStore(folder: layout.trustFolder, fileSystem: LocalFileSystem()).load().stampRoots
        return switch (authorities.isEmpty, roots != nil) {
        case (true, false): CheckupFinding("time stamps", .ok, "none configured: months are sealed, unstamped")
        case (true, true):
            CheckupFinding(
                "time stamps", .advice, "an authority is trusted, but none is asked",
                hint: "name it in the setting `timestamp_authorities`")
        case (false, false):
            CheckupFinding(
                "time stamps", .missing, "no root certificate vouches for \(authorities.joined(separator: ", "))",
                hint: "put it as PEM into \(layout.relative(layout.trustFolder))/\(TrustStore.stampRootsName)")
        case (false, true): CheckupFinding("time stamps", .ok, authorities.joined(separator: ", "))
        }
    }

    private func credentials() async throws -> [CheckupFinding] {
        let http = try HTTPClient(HTTPSettings(environment: global.environment))
        let services: AWSServices
        let rateLimits = try settings.rateLimits()
        do {
            services = try await AWSServices.live(
                profile: profile, environment: global.environment, homeDirectory: global.homeDirectory, http: http,
                clock: SystemClock(), randomness: SystemRandomness(), memo: ForgetfulMemo(), hashing: SystemHashing(),
                rateLimits: rateLimits,
                aids: SignInAids(
                    processes: SubprocessRunner(),
                    askPerson: ControllingTerminal(
                        noInput: global.noInput, format: global.format, environment: global.environment)?.askSecret))
        } catch let error as any ExplainedError {
            http.shutdown()
            return [CheckupFinding("credentials", .missing, error.summary, hint: error.hint)] + profiles()
        }
        var findings: [CheckupFinding]
        do {
            let caller = try await services.identity.callerIdentity()
            findings = [CheckupFinding("credentials", .ok, "\(caller.arn) (account \(caller.account))")]
            findings.append(try await PrivilegeCheckup(access: services.writeAccess).finding(caller))
        } catch let trouble as Trouble {
            findings = [
                CheckupFinding(
                    "credentials", .missing, "\(trouble.message): \(trouble.attribution)", hint: trouble.hint)
            ]
        } catch let error as any ExplainedError {
            findings = [CheckupFinding("credentials", .missing, error.summary, hint: error.hint)]
        }
        http.shutdown()
        return findings
            + services.settings.entries.map { CheckupFinding("aws", .ok, "\($0.name) \($0.value) (\($0.origin))") }
            + services.settings.warnings.map { CheckupFinding("aws", .advice, $0) } + profiles()
    }

    /// How each profile would sign in; only the chosen one is asked online. One that nobody chose may be broken.
    private func profiles() -> [CheckupFinding] {
        do {
            return try AWSProfile.list(
                profile: profile, environment: global.environment, homeDirectory: global.homeDirectory
            ).map { profile in
                let name = profile.isChosen ? "\(profile.name) (chosen)" : profile.name
                if let trouble = profile.trouble {
                    return CheckupFinding(
                        "profile", profile.isChosen ? .missing : .advice, "\(name): \(trouble.summary)",
                        hint: trouble.hint)
                }
                return CheckupFinding("profile", .ok, "\(name): \(profile.credentials ?? "")")
            }
        } catch let error as any ExplainedError {
            return [CheckupFinding("profile", .missing, error.summary, hint: error.hint)]
        } catch {
            return [CheckupFinding("profile", .missing, String(describing: error))]
        }
    }

    private func keys() throws -> [CheckupFinding] {
        let layout = try settings.layout(root: global.rootDirectory)
        return QuorumCheckup(
            trust: try TrustStore(folder: layout.trustFolder, fileSystem: LocalFileSystem()).load(),
            policy: try settings.policy(), requester: RunOrder.requester(settings),
            sequence: try ArchiveChain(layout: layout, fileSystem: LocalFileSystem()).nextPlace().sequence
        ).findings()
    }
}

/// For whoever asks nothing that is paid for, so that there is nothing to remember.
struct ForgetfulMemo: AnswerMemo {
    func answer(to key: Digest) async throws -> RememberedAnswer? { nil }
    func begin(_ key: Digest, operation: String) async throws {}
    func remember(_ answer: RememberedAnswer, for key: Digest) async throws {}
}

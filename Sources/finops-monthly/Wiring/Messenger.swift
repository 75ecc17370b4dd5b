import AWS
import Evidence
import FinOps
import Foundation
import HTTP
import Notices
import OpenSSL

/// Opens Amazon SNS and Amazon SES as the AWS CLI would: with the profile that `messaging_profile` names, else the run's.
struct Messenger: Sendable {
    let environment: [String: String]
    let homeDirectory: String
    let profile: String?
    let rateLimits: RateLimits
    let http: any HTTPSending

    init(_ global: GlobalOptions, settings: Settings, runProfile: String?, http: any HTTPSending) throws {
        environment = global.environment
        homeDirectory = global.homeDirectory
        profile = settings[.messagingProfile]?.text ?? runProfile
        rateLimits = try settings.rateLimits()
        self.http = http
    }

    func open(region: String) async throws -> Messaging {
        try await AWSServices.live(
            profile: profile, region: region, environment: environment, homeDirectory: homeDirectory, http: http,
            clock: SystemClock(), randomness: SystemRandomness(), memo: ForgetfulMemo(), hashing: SystemHashing(),
            rateLimits: rateLimits, aids: SignInAids(processes: SubprocessRunner())
        ).messaging
    }
}

/// A notice on an SNS topic.
struct TopicChannel: NoticeChannel {
    let name: String
    let topic: TopicARN
    let messaging: Messaging

    func deliver(_ notice: Notice) async -> Delivery {
        do {
            let outcome = try await messaging.publish(
                notice.text, subject: notice.title, key: SystemHashing().sha256(Data(notice.text.utf8)),
                group: notice.run ?? name, to: topic, deadlineSeconds: NoticeRound.deadlineSeconds)
            return switch outcome {
            case .accepted: .delivered
            case .refused(let trouble), .unknown(let trouble): .failed(trouble.words(of: "Amazon SNS"))
            }
        } catch {
            return .failed(trouble(error).words(of: "Amazon SNS"))
        }
    }
}

/// Mail over Amazon SES.
struct ServiceCarrier: MailCarrier {
    let messaging: Messaging

    func send(_ message: MailMessage, deadlineSeconds: Double) async -> MailOutcome {
        do {
            let outcome = try await messaging.send(
                message.encoded(), from: message.from.mailbox, to: message.to.mailbox,
                deadlineSeconds: deadlineSeconds)
            return switch outcome {
            case .accepted(let id): .accepted(id: id)
            case .refused(let trouble): .refused(trouble.words(of: "Amazon SES"))
            case .unknown(let trouble): .unknown(trouble.words(of: "Amazon SES"))
            }
        } catch is CancellationError {
            return .unknown("sending was interrupted")
        } catch {
            return .refused(trouble(error).words(of: "Amazon SES"))
        }
    }
}

/// Before anything was sent: keys that are missing, or cannot be fetched.
private func trouble(_ error: any Error) -> Trouble {
    if let trouble = error as? Trouble { return trouble }
    let explained = error as? any ExplainedError
    return Trouble(
        .notSignedIn, code: explained?.code ?? "no_keys", message: explained?.summary ?? "there are no keys",
        operation: "credentials", hint: explained?.hint)
}

extension Trouble {
    /// Without AWS's own words: they may name people's addresses.
    fileprivate func words(of service: String) -> String {
        let what = kind == .unreachable ? "\(service) gave no answer (\(code))" : "\(service) refused (\(code))"
        return what + (hint.map { "; \($0)" } ?? "")
    }
}

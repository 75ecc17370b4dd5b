import FinOps
import Foundation
import OpenSSL

/// Checks every stamp of one bundle: over this very signature, by a trusted authority, and at a time that fits.
struct StampCheck {
    let name: String
    let bundle: SigstoreBundle
    let roots: TimestampRoots?
    /// The stamp may not be older than what it stamps, clocks differing by `skewSeconds`.
    let notBefore: Timestamp?
    var notAfter: Timestamp?
    /// Whether a bundle without a stamp is evidence that is missing.
    let isDemanded: Bool

    /// The check's name for the stamps of a seal.
    static let ofSeal = "seal stamp"

    static let skewSeconds = 300

    /// Returns the earliest time at which an authority saw the signature.
    @discardableResult
    func run(into list: inout CheckList) -> Timestamp? {
        let check = "\(name) stamp"
        guard !bundle.timestamps.isEmpty else {
            if isDemanded, roots != nil { list.add(check, .missing, "no authority has stamped it") }
            return nil
        }
        guard let roots else {
            list.add(check, .missing, "no trusted \(TrustStore.stampRootsName) to verify it with")
            return nil
        }
        var stamps: [(time: Timestamp, authority: String)] = []
        var findings: [(word: VerificationWord, detail: String)] = []
        for bytes in bundle.timestamps {
            switch judge(bytes, roots) {
            case .success(let stamp): stamps.append(stamp)
            case .failure(let trouble): findings.append((.failed, trouble.sentence))
            }
        }
        let seen = stamps.map { "\($0.time) by \($0.authority)" }.joined(separator: "; ")
        if findings.isEmpty { list.add(check, .ok, seen) } else { list.add(check, findings) }
        return stamps.map(\.time).min()
    }

    private struct Trouble: Error { let sentence: String }

    private func judge(
        _ bytes: Data, _ roots: TimestampRoots
    ) -> Result<(time: Timestamp, authority: String), Trouble> {
        let stamp: VerifiedStamp
        do {
            stamp = try TimestampReply(bytes).verify(over: bundle.signature, roots: roots)
        } catch {
            return .failure(Trouble(sentence: error.sentence))
        }
        let time = Timestamp(secondsSinceEpoch: stamp.secondsSinceEpoch)
        if let notBefore, time.adding(seconds: StampCheck.skewSeconds) < notBefore {
            return .failure(Trouble(sentence: "stamped at \(time), before it was made at \(notBefore)"))
        }
        if let notAfter, time > notAfter {
            return .failure(Trouble(sentence: "stamped at \(time), after \(notAfter)"))
        }
        return .success((time, stamp.authority))
    }
}

import Evidence
import FinOps
import Foundation
import Pipeline
import TestSupport

/// What outlives a process: disk, clock, cloud and people.
final class World {
    let disk = ModelledDisk()
    let clock = ModelledClock()
    let cloud = ScriptedCloud()
    let post = PostOffice()
    let trustMemory = TrustMemory()
    let layout: ArchiveLayout
    let randomness: ModelledRandomness
    /// The auditor's own copy of the keys.
    let pinnedTrust = "/auditor/trust"
    let story: Story
    /// Whose keys are not trusted any more.
    private(set) var withdrawn: Set<String> = []

    init(seed: UInt64, story: Story) throws {
        layout = try ArchiveLayout(root: "/srv", project: "cloud-infrastructure")
        randomness = ModelledRandomness(seed: seed)
        self.story = story
        if story == .unexplainedVariance { cloud.discrepancy = "6000" }
        if story == .organizationUnreadable { cloud.directory = .unknown(ScriptedCloud.denied) }
        for folder in [layout.trustFolder, pinnedTrust] { try People.trust(in: folder, of: disk) }
        disk.synchronizeAll()
    }

    func setCloud(isTroubled: Bool) {
        let signedOut = isTroubled && story == .signedOutAtFirst
        cloud.identity = signedOut ? .unknown(ScriptedCloud.expired) : .known(ScriptedCloud.caller)
        cloud.costTroubles = [:]
        if isTroubled, story == .billingDeniedAtFirst { cloud.costTroubles["daily"] = ScriptedCloud.denied }
        if isTroubled, story == .throttledAtFirst { cloud.costTroubles["L3"] = ScriptedCloud.throttled }
        cloud.lostAnswers = isTroubled && story == .answerCutAtFirst ? ["L3": ScriptedCloud.cut] : [:]
        let isSlow = isTroubled && story == .slowAtFirst
        cloud.isLate = { [clock] query in
            guard isSlow, query == "L3" else { return false }
            clock.pass(seconds: 2 * RunEnvironment.defaultPhaseDeadlineSeconds)
            return PhaseDeadline.current.map { $0.uptimeNanoseconds < clock.uptimeNanoseconds() } ?? false
        }
    }

    /// By the archive, and by the auditor.
    func withdrawTrust(in name: String) throws {
        withdrawn.insert(name)
        for folder in [layout.trustFolder, pinnedTrust] {
            try disk.remove("\(folder)/approvers/\(name).pub")
            try disk.synchronize("\(folder)/approvers")
        }
    }

    /// Another run takes the chain's next place for a month of its own.
    func sealElsewhere() throws {
        let month = BillingMonth("2026-01")!
        let place = try ArchiveChain(layout: layout, fileSystem: disk).nextPlace()
        guard place.sequence == 1 else { return }
        var payload = BagPayload()
        try payload.add("skipped.json", Data("{}\n".utf8))
        _ = try Sealer(layout: layout, key: People.runner, fileSystem: disk).seal(
            SealOrder(
                folder: MonthFolder(month), outcome: .skipped, gates: [:], payload: payload,
                journal: .silence(of: month, noticedBy: "another run", at: clock.trueTime), place: place,
                logID: "00112233445566778899aabbccddeeff", tool: .init(version: "0.1.0", digest: nil)))
    }

    var shelf: RunShelf { RunShelf(layout: layout, fileSystem: disk) }

    /// The newest run that was begun for certain; one that died before has asked nothing of anybody.
    func newestRun(except others: Set<String>) throws -> String? {
        try shelf.runIDs().first { !others.contains($0) && (try? shelf.order(of: $0)) != nil }
    }
}

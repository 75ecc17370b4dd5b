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
    let layout: ArchiveLayout
    let randomness: ModelledRandomness
    /// The auditor's own copy of the keys.
    let pinnedTrust = "/auditor/trust"
    let story: Story

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
    }

    var shelf: RunShelf { RunShelf(layout: layout, fileSystem: disk) }

    /// The newest run that was begun for certain; one that died before has asked nothing of anybody.
    func newestRun(except finished: String?) throws -> String? {
        try shelf.runIDs().first { $0 != finished && (try? shelf.order(of: $0)) != nil }
    }
}

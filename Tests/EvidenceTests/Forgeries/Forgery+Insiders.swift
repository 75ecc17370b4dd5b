import FinOps
import Foundation
import OpenSSL

@testable import Evidence

extension Forgery {
    /// A runner who seals what nobody decided: everything is signed, and still it is refused.
    static let insiders: [Forgery] = [
        Forgery("a decision of another month", "2026-04 approval G7-alice: FAILED") { archive in
            let january = try archive.disk.read(
                archive.month("2026-01") + "/data/approvals/G7-alice.sigstore.json")
            try archive.seal(presented: { _ in ["G7-alice.sigstore.json": january] })
        },
        Forgery("no decision at all", "2026-04 approval quorum: missing") { try $0.seal(presented: { _ in [:] }) },
        Forgery("a decision by nobody who is listed", "2026-04 approval G7-mallory: FAILED") { archive in
            try archive.seal(presented: { request in
                ["G7-mallory.sigstore.json": try archive.decide(request, approver: "mallory", key: .generate())]
            })
        },
        Forgery("a decision in another's name", "2026-04 approval G7-alice: FAILED") { archive in
            try archive.seal(presented: { request in
                ["G7-alice.sigstore.json": try archive.decide(request, approver: "bob", key: archive.sample.alice)]
            })
        },
        Forgery("a decision by the runner's key", "2026-04 approval G7-alice: FAILED") { archive in
            try archive.seal(presented: { request in
                ["G7-alice.sigstore.json": try archive.decide(request, key: archive.sample.runner)]
            })
        },
        Forgery("a decision before it was asked for", "2026-04 approval G7-alice: FAILED") { archive in
            try archive.seal(presented: { request in
                ["G7-alice.sigstore.json": try archive.decide(request, secondsAfterRequest: -1)]
            })
        },
        Forgery("a decision after the request expired", "2026-04 approval G7-alice: FAILED") { archive in
            try archive.seal(presented: { request in
                ["G7-alice.sigstore.json": try archive.decide(request, secondsAfterRequest: 86_401)]
            })
        },
        Forgery("a decision from the future", "2026-04 approval G7-alice: FAILED") { archive in
            try archive.seal(presented: { request in
                ["G7-alice.sigstore.json": try archive.decide(request, secondsAfterRequest: 3_600)]
            })
        },
        Forgery("a decision that reviewed nothing", "2026-04 approval G7-alice: FAILED") { archive in
            try archive.seal(presented: { request in
                ["G7-alice.sigstore.json": try archive.decide(request, reviewed: [])]
            })
        },
        Forgery("a decision that was never received", "2026-04 approval G7-later: FAILED") { archive in
            try archive.seal(edit: { payload in
                try payload.add("approvals/G7-later.sigstore.json", Data("{}\n".utf8))
            })
        },
        Forgery("a rejection sealed as passed", "2026-04 approval quorum: differs") { archive in
            try archive.seal(presented: { ["G7-alice.sigstore.json": try archive.sample.approve($0, .rejected)] })
        },
        Forgery("passed with too few people", "2026-04 approval quorum: missing") { try $0.seal(quorum: 2) },
        Forgery("rejected by nobody", "2026-04 approval quorum: differs") { try $0.seal(outcome: .rejected) },
        Forgery("reports rendered after the decision", "2026-04 approval bound to the month: differs") { archive in
            try archive.seal(edit: { try $0.add("reports/late.html", Data("rendered later".utf8)) })
        },
        Forgery("a month of another chain", "2026-04 chain identity: differs") { archive in
            let order = try archive.order()
            try archive.sealByHand(order, logID: "ffeeddccbbaa99887766554433221100")
        },
        Forgery("a month that follows another one", "2026-04 chain: differs") { archive in
            let order = try archive.order()
            try archive.sealByHand(order, previous: archive.links[1].reference)
        },
        Forgery("a place left out", "2026-04 chain: missing") { archive in
            try archive.sealByHand(try archive.order(), sequence: 5)
        },
        Forgery("a place taken twice", "2026-04 chain: FAILED") { archive in
            try archive.sealByHand(try archive.order(), sequence: 3)
        },
        Forgery("a restatement that says so nowhere", "2026-04 restatement: differs") { archive in
            try archive.sealByHand(try archive.order(), supersedes: archive.links[2].reference)
        },
    ]
}

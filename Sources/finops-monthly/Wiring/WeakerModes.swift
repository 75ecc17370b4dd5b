import Evidence

extension Settings {
    /// What a decision here does without, beside what the policy does without; a sentence each, for whoever decides.
    ///
    /// - Parameters:
    ///   - key: What is signed with; nil before that is known. One that is missing is said when it is to sign.
    ///   - sealsHere: False on an approver's own machine, which knows nothing of stamps.
    func weakerModes(signingWith key: String?, of store: KeyStore, sealsHere: Bool = true) -> [String] {
        let keyMode = key.flatMap { try? store.weakerMode($0) }
        let isUnstamped = sealsHere && self[.timestampAuthorities] == nil
        return [keyMode, isUnstamped ? "No authority stamps the seal: its time is this machine's word." : nil]
            .compactMap { $0 }
    }
}

import FinOps

/// Checks that the months follow one another without a gap, and that the head is theirs.
struct ChainCheck {
    /// In the order of the chain.
    let months: [ArchivedMonth]

    init(_ months: [ArchivedMonth]) {
        self.months = months.filter { $0.predicate != nil }
            .sorted { ($0.predicate!.seq, $0.folder) < ($1.predicate!.seq, $1.folder) }
    }

    var head: Digest? { months.last?.seal }

    func run() -> [VerificationLine] {
        var lines: [VerificationLine] = []
        var before: ArchivedMonth?
        for month in months {
            guard let predicate = month.predicate else { continue }
            var list = CheckList(month: month.folder.description)
            let expected = (before?.predicate?.seq ?? 0) + 1
            if predicate.seq > expected {
                let gap = predicate.seq - expected == 1 ? "\(expected)" : "\(expected) to \(predicate.seq - 1)"
                list.add("chain", .missing, "the seal before is not here: seq \(gap)")
            } else if predicate.seq < expected {
                list.add("chain", .failed, "\(before!.folder) has seq \(predicate.seq) as well")
            } else {
                list.compare("chain", sealed: predicate.previous, found: before?.reference)
            }
            if let first = months[0].predicate, first.logId != predicate.logId {
                list.add("chain identity", .differs, "it belongs to another chain than \(months[0].folder)")
            }
            restatement(month, predicate, into: &list)
            lines += list.lines
            before = month
        }
        return lines
    }

    private func restatement(_ month: ArchivedMonth, _ predicate: RunPredicate, into list: inout CheckList) {
        guard month.folder.revision > 0 || predicate.supersedes != nil else { return }
        let check = "restatement"
        guard month.folder.revision > 0 else {
            list.add(
                check, .differs,
                "it supersedes \(predicate.supersedes!.name) but lies where the first statement belongs")
            return
        }
        let earlier = MonthFolder(month.folder.month, revision: month.folder.revision - 1)
        guard let superseded = months.first(where: { $0.folder == earlier }) else {
            list.add(check, .missing, "\(earlier), which it supersedes")
            return
        }
        list.compare(check, sealed: predicate.supersedes, found: superseded.reference)
    }

    /// The archive's own note of its head must be the last seal.
    func headLine(_ text: String?) -> VerificationLine {
        var list = CheckList()
        if let text {
            let named = text.hasSuffix("\n") ? Digest(String(text.dropLast())) : nil
            switch named {
            case nil: list.add("head", .failed, "\(ArchiveLayout.headName) holds no digest")
            case head: list.add("head", .ok)
            case let named? where months.contains { $0.seal == named }:
                list.add("head", .differs, "\(ArchiveLayout.headName) names an earlier seal, \(named)")
            case let named?: list.add("head", .missing, "the newest seal, \(named), is not here")
            }
        } else {
            list.add("head", .missing, ArchiveLayout.headName)
        }
        return list.lines[0]
    }

    /// A head from elsewhere, such as an old e-mail, must be one of the seals: the chain may have grown since.
    func expectedLine(_ expected: Digest) -> VerificationLine {
        var list = CheckList()
        if let month = months.first(where: { $0.seal == expected }) {
            list.add("expected head", .ok, "it is the seal of \(month.folder)")
        } else {
            list.add("expected head", .failed, "no seal of this chain is \(expected): months were cut off or rewritten")
        }
        return list.lines[0]
    }
}

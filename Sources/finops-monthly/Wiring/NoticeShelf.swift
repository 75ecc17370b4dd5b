import Evidence
import FinOps
import Foundation
import Notices

/// What people were told of a run: `notifications.json` among its working files, which no archive takes in.
struct NoticeShelf {
    let layout: ArchiveLayout
    let fileSystem: any FileSystem

    /// None when nothing was said, or what was kept cannot be read: then it is said again.
    func receipts(of run: String?) -> [NoticeReceipt] {
        guard let run, let bytes = try? fileSystem.read(path(run)) else { return [] }
        return (try? JSONText.decode([NoticeReceipt].self, from: bytes)) ?? []
    }

    func keep(_ receipts: [NoticeReceipt], of run: String?) throws {
        guard let run, try fileSystem.kind(of: layout.runFolder(run)) == .directory else { return }
        try AtomicFile.write(try JSONText.document(receipts), to: path(run), in: fileSystem)
    }

    private func path(_ run: String) -> String { layout.runFolder(run) + "/notifications.json" }
}

import ArgumentParser
import Evidence
import FinOps
import Foundation
import HTTP

struct StampCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stamp",
        abstract: "Have sealed months time-stamped (RFC 3161), now or later.",
        discussion: """
            Asks every configured authority for a stamp over each seal that has fewer stamps than there are authorities. \
            Neither the sealed bytes nor the chain change. An authority counts when its root certificate lies in the \
            archive's trust folder as tsa-ca.pem. Ends with 75 when an authority did not answer or its stamp does not \
            hold: run it again.
            """)

    @Argument(help: ArgumentHelp("Which months, such as 2026-02 or 2026-02.r1 (default: all).", valueName: "month"))
    var months: [String] = []

    @OptionGroup
    var stamping: StampingOptions

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let settings = try global.settings(
                flags: stamping.settings.merging(Setting.flag(.project, "--project", project)) { flag, _ in flag })
            let layout = try settings.layout(root: global.rootDirectory)
            let authorities = try settings.timestampAuthorities(environment: global.environment)
            defer { authorities.http.shutdown() }
            guard !authorities.all.isEmpty else {
                throw InputError(
                    "no_authority", "no time-stamping authority is configured",
                    hint: "name one with `--timestamp-authority URL` or the setting `timestamp_authorities`")
            }
            let stamper = SealStamper(layout: layout, authorities: authorities.all, fileSystem: LocalFileSystem())
            let folders = try chosen(in: ArchiveChain(layout: layout, fileSystem: LocalFileSystem()))
            var lines: [StampLine] = []
            for folder in folders {
                let receipts = try await stamper.stamp(folder)
                let count = try stamper.stampCount(folder)
                lines += StampLine.lines(folder, receipts, stampCount: count)
            }
            try StampView(format: global.format, terminal: global.terminal).show(lines)
            return lines.allSatisfy { $0.word != .unstamped } ? .complete : .waiting
        }
    }

    private func chosen(in chain: ArchiveChain) throws -> [MonthFolder] {
        let present = try chain.links().map(\.folder)
        guard !months.isEmpty else { return present }
        return try months.map { text in
            guard let folder = MonthFolder(text), present.contains(folder) else {
                throw InputError(
                    "unknown_month", "`\(text)` is not a sealed month",
                    hint: present.isEmpty
                        ? "nothing is sealed yet" : "sealed are \(present.map(\.description).joined(separator: ", "))")
            }
            return folder
        }
    }
}

/// The authorities of this call, instead of the configured ones.
struct StampingOptions: ParsableArguments {
    @Option(
        name: .customLong("timestamp-authority"),
        help: ArgumentHelp("Have seals stamped by this RFC 3161 authority; repeatable.", valueName: "url"))
    var authorities: [String] = []

    var settings: [Setting: SettingValue] {
        authorities.isEmpty
            ? [:]
            : [.timestampAuthorities: SettingValue(texts: authorities, origin: .flag("--timestamp-authority"))]
    }
}

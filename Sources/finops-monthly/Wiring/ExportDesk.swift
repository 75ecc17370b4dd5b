import Evidence
import Exports
import FinOps
import Foundation

/// Writes exports: each file aside and then renamed, none overwritten unless that is asked for. What only a browser can make
/// is made in a scratch folder first.
struct ExportDesk {
    let folder: String
    let replaces: Bool
    let browser: ChromiumCapture?
    let disk: any FileSystem

    init(folder: String, replaces: Bool, settings: Settings, global: GlobalOptions) {
        self.folder = folder
        self.replaces = replaces
        browser = ChromiumCapture.find(
            configured: settings[.browser]?.text, path: global.environment["PATH"] ?? "/usr/bin:/bin"
        ).map { ChromiumCapture(executable: $0, processes: SubprocessRunner()) }
        disk = LocalFileSystem()
    }

    /// Before anything is asked of AWS: what cannot be written later is refused now.
    func check(_ formats: [ExportFormat], names: [String]) throws {
        if let format = formats.first(where: \.needsBrowser), browser == nil {
            throw InputError(
                "no_browser", "`--export \(format.rawValue)` needs a browser, and no Chromium was found",
                hint: "install `chromium`, or set `browser` in the configuration")
        }
        try refuseExisting(names)
    }

    /// The document in every format; returns the paths written.
    func write(_ document: ExportDocument, as formats: [ExportFormat], stem: String) async throws -> [String] {
        try await withScratch { scratch in
            var files: [ExportedFile] = []
            for format in formats {
                let made = try Exporter.files(document, as: format, stem: stem, scratch: scratch)
                guard format.needsBrowser, let page = made.first else {
                    files += made
                    continue
                }
                files.append(
                    try await picture(of: page.bytes, as: format, name: "\(stem).\(format.fileExtension)", scratch))
            }
            return try keep(files)
        }
    }

    /// Pages that exist already, as they are or as a browser shows them; returns the paths written.
    func write(
        pages: [(stem: String, html: Data, markdown: Data)], as formats: [ExportFormat]
    ) async throws -> [String] {
        try await withScratch { scratch in
            var files: [ExportedFile] = []
            for page in pages {
                for format in formats {
                    let name = "\(page.stem).\(format.fileExtension)"
                    switch format {
                    case .html: files.append(ExportedFile(name: name, bytes: page.html))
                    case .markdown: files.append(ExportedFile(name: name, bytes: page.markdown))
                    case .pdf, .png: files.append(try await picture(of: page.html, as: format, name: name, scratch))
                    case .csv, .json, .xlsx: break
                    }
                }
            }
            return try keep(files)
        }
    }

    private func picture(
        of page: Data, as format: ExportFormat, name: String, _ scratch: String
    ) async throws -> ExportedFile {
        guard let browser else { throw InputError("no_browser", "no Chromium was found") }
        let (source, target) = ("\(scratch)/page.html", "\(scratch)/\(name)")
        try disk.write(page, to: source)
        do {
            if format == .pdf {
                try await browser.print(page: source, to: target)
            } else {
                try await browser.capture(page: source, to: target)
            }
        } catch let trouble as Trouble {
            throw BrowserFailure(trouble)
        }
        return ExportedFile(name: name, bytes: try disk.read(target))
    }

    private func keep(_ files: [ExportedFile]) throws -> [String] {
        try refuseExisting(files.map(\.name))
        try AtomicFile.write(all: files.map { ("\(folder)/\($0.name)", $0.bytes) }, in: disk)
        return files.map { "\(folder)/\($0.name)" }
    }

    private func refuseExisting(_ names: [String]) throws {
        guard !replaces, let name = try names.first(where: { try disk.exists("\(folder)/\($0)") }) else { return }
        throw InputError(
            "file_exists", "\(folder)/\(name) is there already",
            hint: "name another file with `--output-file`, or add `--replace`")
    }

    private func withScratch<Value>(_ work: (String) async throws -> Value) async throws -> Value {
        let scratch = FileManager.default.temporaryDirectory.path + "/finops-export-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        return try await work(scratch)
    }
}

/// The browser did not make the file it was asked for.
struct BrowserFailure: ExplainedError {
    private let trouble: Trouble

    init(_ trouble: Trouble) {
        self.trouble = trouble
    }

    var code: String { "browser_failed" }
    var summary: String { trouble.message }
    var cause: String? { trouble.attribution }
    var hint: String? { "the other formats need no browser; `finops-monthly doctor` says what it found" }
}

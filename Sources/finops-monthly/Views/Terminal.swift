import Foundation

/// Where text goes: stdout is data, stderr is talk. Colour is an accent; everything is understandable without it.
struct Terminal: Sendable {
    let standardOutputIsColored: Bool
    let standardErrorIsColored: Bool
    /// Transient progress is drawn only on a terminal a person looks at.
    let showsProgress: Bool
    private let statedColumns: Int?

    init(color: ColorChoice, progress: ProgressChoice, environment: [String: String]) {
        let outputIsTerminal = isatty(STDOUT_FILENO) == 1
        let errorIsTerminal = isatty(STDERR_FILENO) == 1
        standardOutputIsColored = color.resolved(isTerminal: outputIsTerminal, environment: environment)
        standardErrorIsColored = color.resolved(isTerminal: errorIsTerminal, environment: environment)
        statedColumns = environment["COLUMNS"].flatMap { Int($0) }
        showsProgress = progress == .auto && errorIsTerminal && environment["CI"] == nil
    }

    /// How wide standard output is: the terminal's own width, `COLUMNS` where it is none, else 80; never over 200.
    var columns: Int {
        var size = winsize()
        let isTerminal = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return min(200, isTerminal ? Int(size.ws_col) : statedColumns ?? 80)
    }

    func output(_ text: String) { Self.write(text, to: STDOUT_FILENO) }
    func talk(_ text: String) { Self.write(text, to: STDERR_FILENO) }

    /// A reader that went away (`| head`) is not our trouble: the run goes on, its evidence matters more.
    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array((text + "\n").utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                guard errno == EINTR else { return }
                continue
            }
            bytes = bytes.dropFirst(written)
        }
    }
}

enum Style: String {
    case good = "32"
    case bad = "31"
    case caution = "33"
    case quiet = "2"
    case strong = "1"

    func apply(_ text: String, when enabled: Bool) -> String {
        enabled ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
    }
}

import Foundation

/// The terminal a person sits at, opened as `/dev/tty`: stdin may be a pipe, and `yes |` must never approve anything.
final class ControllingTerminal: @unchecked Sendable {
    private let file: UnsafeMutablePointer<FILE>

    /// Nil where nobody can answer: no terminal, `CI` set, or a mode that must not ask.
    init?(noInput: Bool, format: OutputFormat, environment: [String: String]) {
        guard !noInput, format == .text, environment["CI"] == nil, let file = fopen("/dev/tty", "r+") else {
            return nil
        }
        self.file = file
    }

    deinit { fclose(file) }

    func write(_ text: String) {
        fputs(text, file)
        fflush(file)
    }

    /// Nil at end of input: a terminal that hung up has not answered.
    func readLine(prompt: String) -> String? {
        write(prompt)
        var buffer = [CChar](repeating: 0, count: 512)
        // A stream opened for reading and writing wants to be repositioned between the two.
        fseek(file, 0, SEEK_CUR)
        guard fgets(&buffer, Int32(buffer.count), file) != nil else { return nil }
        fseek(file, 0, SEEK_CUR)
        let line = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return String(line.drop { $0 == " " }.prefix { $0 != "\n" && $0 != "\r" })
    }

    /// Reads without echo.
    func readSecret(prompt: String) -> String? {
        var shown = termios()
        let descriptor = fileno(file)
        guard tcgetattr(descriptor, &shown) == 0 else { return readLine(prompt: prompt) }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(descriptor, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(descriptor, TCSAFLUSH, &shown)
            write("\n")
        }
        return readLine(prompt: prompt)
    }

    /// For a one-time code: `yes |` cannot answer it, and nobody reads it over a shoulder.
    var askSecret: @Sendable (_ prompt: String) async -> String? { { self.readSecret(prompt: $0) } }
}

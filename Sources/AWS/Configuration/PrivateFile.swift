import FinOps
import Glibc

/// Replaces a file so that readers see the old text or the new one, never half of it, and nobody else may read either.
enum PrivateFile {
    /// Throws `InputError` with the reason; the old file stays then.
    static func replace(_ path: String, with text: String) throws {
        let draft = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).tmp"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw refusal(path) }
        var isWhole = true
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                isWhole = false
                break
            }
            bytes = bytes.dropFirst(count)
        }
        isWhole = isWhole && fsync(descriptor) == 0
        isWhole = close(descriptor) == 0 && isWhole
        guard isWhole, rename(draft, path) == 0 else {
            let error = refusal(path)
            unlink(draft)
            throw error
        }
    }

    private static func refusal(_ path: String) -> InputError {
        InputError("unwritable_aws_file", "\(path) cannot be written", cause: String(cString: strerror(errno)))
    }
}

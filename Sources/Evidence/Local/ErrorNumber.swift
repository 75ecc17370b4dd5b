import FinOps
import Glibc

extension FileError {
    /// The error of the call that has just failed.
    static func current(_ path: String, _ operation: String) -> FileError {
        FileError(code: ErrorNumber.name(errno), path: path, operation: operation)
    }
}

/// Names of error numbers. Only those file operations return; any other appears by its number.
enum ErrorNumber {
    static func name(_ number: Int32) -> String { names[number] ?? "errno \(number)" }

    private static let names: [Int32: String] = [
        EPERM: "EPERM", ENOENT: "ENOENT", EINTR: "EINTR", EIO: "EIO", EBADF: "EBADF", EAGAIN: "EAGAIN",
        ENOMEM: "ENOMEM",
        EACCES: "EACCES", EBUSY: "EBUSY", EEXIST: "EEXIST", EXDEV: "EXDEV", ENODEV: "ENODEV", ENOTDIR: "ENOTDIR",
        EISDIR: "EISDIR", EINVAL: "EINVAL", ENFILE: "ENFILE", EMFILE: "EMFILE", ETXTBSY: "ETXTBSY", EFBIG: "EFBIG",
        ENOSPC: "ENOSPC", EROFS: "EROFS", EMLINK: "EMLINK", ENAMETOOLONG: "ENAMETOOLONG", ENOLCK: "ENOLCK",
        ENOTEMPTY: "ENOTEMPTY", ELOOP: "ELOOP", EOVERFLOW: "EOVERFLOW", EOPNOTSUPP: "EOPNOTSUPP", EDQUOT: "EDQUOT",
        ESTALE: "ESTALE",
    ]
}

import COpenSSL

/// The library that digests and signs.
public enum OpenSSLLibrary {
    /// `OpenSSL 3.0.19 …`, as loaded, not as compiled against.
    public static var version: String { String(cString: OpenSSL_version(OPENSSL_VERSION)) }
}

import CCurl

/// The library that carries the bytes.
public enum HTTPLibrary {
    /// `libcurl/7.88.1 OpenSSL/3.0.19 …`, as loaded, not as compiled against.
    public static var version: String { String(cString: curl_version()) }
}

/// How a client behaves. Certificates are always verified; there is no setting to turn that off.
public struct HTTPSettings: Hashable, Sendable {
    /// A PEM file that replaces the system's trust store; nil uses the system's.
    public var caBundlePath: String?
    public var proxies = HTTPProxies()
    /// Total time of a request when it names none.
    public var deadlineSeconds = 120.0
    public var connectDeadlineSeconds = 10.0
    /// A transfer slower than this for `lowSpeedSeconds` is given up.
    public var lowSpeedBytesPerSecond = 1
    public var lowSpeedSeconds = 60
    /// Larger bodies are refused while they arrive.
    public var responseLimitBytes = 64 << 20
    /// At most 256; further requests wait their turn.
    public var concurrentTransfers = 32

    public static let largestConcurrency = 256

    public init() {}

    /// Reads `AWS_CA_BUNDLE` and the proxy variables.
    public init(environment: [String: String]) {
        caBundlePath = environment["AWS_CA_BUNDLE"].flatMap { $0.isEmpty ? nil : $0 }
        proxies = HTTPProxies(environment: environment)
    }
}

/// Which proxy serves which kind of URL. Nothing is taken from this process's environment behind the caller's back.
public struct HTTPProxies: Hashable, Sendable {
    public var forHTTP: String?
    public var forHTTPS: String?
    /// Hosts asked directly: names, suffixes, addresses, separated by commas; `*` is every host.
    public var except: String?

    public init(forHTTP: String? = nil, forHTTPS: String? = nil, except: String? = nil) {
        self.forHTTP = forHTTP
        self.forHTTPS = forHTTPS
        self.except = except
    }

    /// `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`; the lower-case spelling wins, as everywhere.
    public init(environment: [String: String]) {
        func variable(_ name: String) -> String? {
            (environment[name] ?? environment[name.uppercased()]).flatMap { $0.isEmpty ? nil : $0 }
        }
        let forAll = variable("all_proxy")
        forHTTP = variable("http_proxy") ?? forAll
        forHTTPS = variable("https_proxy") ?? forAll
        except = variable("no_proxy")
    }

    func proxy(for url: String) -> String? {
        url.lowercased().hasPrefix("https:") ? forHTTPS : forHTTP
    }
}

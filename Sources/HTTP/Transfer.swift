import CCurl
import Foundation

/// One request under way. Apart from the three fields the loop's lock guards, only the loop's thread touches it.
final class Transfer: @unchecked Sendable {
    typealias Continuation = CheckedContinuation<HTTPResponse, any Error>

    let request: HTTPRequest
    /// Shown each piece of a successful answer as it arrives.
    private let onBody: (@Sendable (Data) -> Void)?

    // Guarded by the loop's lock.
    var continuation: Continuation?
    var isCancelled = false
    var isFinished = false

    // The loop's thread only.
    var askedAt: UInt64 = 0
    var deadlineSeconds = 0.0
    private(set) var easy: UnsafeMutableRawPointer?
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let errorBuffer = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var fields: [HTTPHeaders.Field] = []
    private var body = Data()
    private var sentBytes = 0
    private var limitBytes = 0
    private var exceededLimit = false
    private var remainingSeconds = 0.0

    init(_ request: HTTPRequest, onBody: (@Sendable (Data) -> Void)? = nil) {
        self.request = request
        self.onBody = onBody
        errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        releaseHandles()
        errorBuffer.deallocate()
    }

    /// Makes the easy handle. Nil when libcurl has no memory for it.
    func prepare(_ settings: HTTPSettings, remainingSeconds: Double) -> UnsafeMutableRawPointer? {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
        self.remainingSeconds = remainingSeconds
        limitBytes = settings.responseLimitBytes
        setOptions(of: easy, settings)
        setRequest(of: easy)
        return easy
    }

    func response() -> HTTPResponse {
        HTTPResponse(
            status: number(CURLINFO_RESPONSE_CODE), headers: HTTPHeaders(fields), body: body,
            openedConnections: number(CURLINFO_NUM_CONNECTS), durationMicroseconds: large(CURLINFO_TOTAL_TIME_T))
    }

    func failure(_ result: CURLcode) -> HTTPError {
        let words = String(cString: errorBuffer)
        return TransferFailure(
            result: result, host: request.host,
            cause: words.isEmpty ? String(cString: curl_easy_strerror(result)) : words,
            exceededSizeLimit: exceededLimit,
            reachedDeadline: Double(large(CURLINFO_TOTAL_TIME_T)) / 1e6 >= remainingSeconds - 0.002,
            hadConnection: large(CURLINFO_PRETRANSFER_TIME_T) > 0,
            systemError: Int32(number(CURLINFO_OS_ERRNO)),
            proxyStatus: number(CURLINFO_HTTP_CONNECTCODE)
        ).error
    }

    func releaseHandles() {
        if let easy { curl_easy_cleanup(easy) }
        curl_slist_free_all(headerList)
        (easy, headerList) = (nil, nil)
    }

    fileprivate func receive(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= limitBytes else {
            exceededLimit = true
            return false
        }
        body.append(contentsOf: bytes)
        if let onBody, (200...299).contains(number(CURLINFO_RESPONSE_CODE)) { onBody(Data(bytes)) }
        return true
    }

    /// The next bytes of the request's body.
    fileprivate func send(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard let source = request.body else { return 0 }
        let count = min(buffer.count, source.count - sentBytes)
        let start = source.startIndex + sentBytes
        source.copyBytes(to: buffer, from: start..<(start + count))
        sentBytes += count
        return count
    }

    fileprivate func receive(headerLine bytes: UnsafeRawBufferPointer) {
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // A new status line: what came before belonged to an interim answer.
            fields = []
            return
        }
        guard let colon = line.firstIndex(of: ":") else { return }
        let value = line[line.index(after: colon)...].drop { $0.isWhitespace }
        fields.append(.init(String(line[..<colon]), String(value.reversed().drop { $0.isWhitespace }.reversed())))
    }

    private func setOptions(of easy: UnsafeMutableRawPointer, _ settings: HTTPSettings) {
        let own = Unmanaged.passUnretained(self).toOpaque()
        _ = ccurl_set_pointer(easy, CURLOPT_PRIVATE, own)
        _ = ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorBuffer)
        _ = ccurl_set_data_callback(easy, CURLOPT_WRITEFUNCTION, receiveBody)
        _ = ccurl_set_pointer(easy, CURLOPT_WRITEDATA, own)
        _ = ccurl_set_data_callback(easy, CURLOPT_HEADERFUNCTION, receiveHeader)
        _ = ccurl_set_pointer(easy, CURLOPT_HEADERDATA, own)
        _ = ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        _ = ccurl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        _ = ccurl_set_long(easy, CURLOPT_PATH_AS_IS, 1)
        _ = ccurl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        _ = ccurl_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
        _ = ccurl_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
        _ = ccurl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        if let path = settings.caBundlePath {
            _ = ccurl_set_text(easy, CURLOPT_CAINFO, path)
            // The bundle replaces the system's store instead of adding to it.
            _ = ccurl_set_text(easy, CURLOPT_CAPATH, nil)
        }
        // Empty text keeps libcurl from reading the variables of the process.
        _ = ccurl_set_text(easy, CURLOPT_PROXY, request.isDirect ? "" : settings.proxies.proxy(for: request.url) ?? "")
        _ = ccurl_set_text(easy, CURLOPT_NOPROXY, settings.proxies.except ?? "")
        _ = ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, Self.milliseconds(remainingSeconds))
        _ = ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(settings.connectDeadlineSeconds))
        _ = ccurl_set_long(easy, CURLOPT_LOW_SPEED_LIMIT, settings.lowSpeedBytesPerSecond)
        _ = ccurl_set_long(easy, CURLOPT_LOW_SPEED_TIME, settings.lowSpeedSeconds)
        _ = ccurl_set_large(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(settings.responseLimitBytes))
    }

    private func setRequest(of easy: UnsafeMutableRawPointer) {
        _ = ccurl_set_text(easy, CURLOPT_URL, request.url)
        if let body = request.body {
            _ = ccurl_set_long(easy, CURLOPT_POST, 1)
            _ = ccurl_set_large(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
            // Not as a buffer libcurl keeps: on a kept connection that turns out to be dead it would send the request a
            // second time by itself, and each may be billed. What it cannot rewind it reports instead.
            _ = ccurl_set_data_callback(easy, CURLOPT_READFUNCTION, sendBody)
            _ = ccurl_set_pointer(easy, CURLOPT_READDATA, Unmanaged.passUnretained(self).toOpaque())
        }
        if request.wantsNewConnection { _ = ccurl_set_long(easy, CURLOPT_FRESH_CONNECT, 1) }
        if request.method == "HEAD" { _ = ccurl_set_long(easy, CURLOPT_NOBODY, 1) }
        _ = ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method)
        // A lone colon removes what libcurl would add by itself, a semicolon sends a field without a value.
        var lines = request.headers.fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        lines.append("Expect:")
        if request.headers["Content-Type"] == nil { lines.append("Content-Type:") }
        headerList = lines.reduce(nil) { list, line in curl_slist_append(list, line) }
        _ = ccurl_set_list(easy, CURLOPT_HTTPHEADER, headerList)
    }

    /// From a millisecond to a day: endless is a day, so that no number is too large for libcurl.
    private static func milliseconds(_ seconds: Double) -> Int {
        seconds < 86_400 ? max(1, Int(seconds * 1000)) : 86_400_000
    }

    private func number(_ info: CURLINFO) -> Int {
        var value = 0
        _ = ccurl_get_long(easy, info, &value)
        return value
    }

    private func large(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        _ = ccurl_get_large(easy, info, &value)
        return Int(value)
    }
}

private let receiveBody: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
    bytes, size, count, owner in
    let transfer = Unmanaged<Transfer>.fromOpaque(owner!).takeUnretainedValue()
    return transfer.receive(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

private let sendBody: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
    bytes, size, count, owner in
    let transfer = Unmanaged<Transfer>.fromOpaque(owner!).takeUnretainedValue()
    return transfer.send(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
}

private let receiveHeader: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
    bytes, size, count, owner in
    let transfer = Unmanaged<Transfer>.fromOpaque(owner!).takeUnretainedValue()
    transfer.receive(headerLine: UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

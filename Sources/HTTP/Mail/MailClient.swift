import CCurl
import Dispatch
import Glibc

/// Mail over libcurl: a connection a message, on a thread of its own, since months send few.
public struct MailClient: MailSending {
    private let server: MailServer

    public init(_ server: MailServer) { self.server = server }

    public func send(_ message: [UInt8], _ envelope: MailEnvelope, deadlineSeconds: Double) async -> MailOutcome {
        let server = server
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let transfer = MailTransfer(message)
                continuation.resume(
                    returning: transfer.perform(server, envelope, milliseconds: max(1, Int(deadlineSeconds * 1000))))
            }
        }
    }
}

/// One message on its way.
private final class MailTransfer {
    private let message: [UInt8]
    private var sentBytes = 0

    init(_ message: [UInt8]) { self.message = message }

    func perform(_ server: MailServer, _ envelope: MailEnvelope, milliseconds: Int) -> MailOutcome {
        guard TransferLoop.libraryIsReady, let easy = curl_easy_init() else {
            return .refused("libcurl cannot be started")
        }
        defer { curl_easy_cleanup(easy) }
        let recipients = curl_slist_append(nil, "<\(envelope.recipient)>")
        defer { curl_slist_free_all(recipients) }
        _ = ccurl_set_text(easy, CURLOPT_URL, server.url)
        _ = ccurl_set_text(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        _ = ccurl_set_text(easy, CURLOPT_PROXY, "")
        _ = ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        _ = ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, milliseconds)
        // libcurl says goodbye after the deadline too, and would wait two minutes for the answer to that.
        _ = ccurl_set_long(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, milliseconds / 2000))
        _ = ccurl_set_long(easy, CURLOPT_FORBID_REUSE, 1)
        secure(easy, server)
        if let login = server.login {
            _ = ccurl_set_text(easy, CURLOPT_USERNAME, login.user)
            _ = ccurl_set_text(easy, CURLOPT_PASSWORD, login.password)
        }
        _ = ccurl_set_text(easy, CURLOPT_MAIL_FROM, "<\(envelope.sender)>")
        _ = ccurl_set_list(easy, CURLOPT_MAIL_RCPT, recipients)
        _ = ccurl_set_long(easy, CURLOPT_UPLOAD, 1)
        _ = ccurl_set_data_callback(easy, CURLOPT_READFUNCTION, handMessageOver)
        _ = ccurl_set_pointer(easy, CURLOPT_READDATA, Unmanaged.passUnretained(self).toOpaque())
        let result = Self.withoutBrokenPipes { curl_easy_perform(easy) }
        var code = 0
        _ = ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &code)
        return outcome(result, code: code)
    }

    private func secure(_ easy: UnsafeMutableRawPointer, _ server: MailServer) {
        _ = ccurl_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
        _ = ccurl_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
        let wanted = server.isThisMachine ? CURLUSESSL_TRY : CURLUSESSL_ALL
        _ = ccurl_set_long(easy, CURLOPT_USE_SSL, Int(wanted.rawValue))
        if let path = server.caBundlePath {
            _ = ccurl_set_text(easy, CURLOPT_CAINFO, path)
            _ = ccurl_set_text(easy, CURLOPT_CAPATH, nil)
        }
    }

    /// A refusal is a refusal whenever it comes; without one, what was handed over in full may have been delivered.
    private func outcome(_ result: CURLcode, code: Int) -> MailOutcome {
        if result == CURLE_OK { return .accepted() }
        if (400...599).contains(code) { return .refused("the mail server answered \(code)") }
        let words =
            switch result {
            case CURLE_COULDNT_RESOLVE_HOST: "the mail server's name has no address"
            case CURLE_COULDNT_CONNECT: "no mail server answers at the address"
            case CURLE_LOGIN_DENIED: "the mail server refused the login"
            case CURLE_USE_SSL_FAILED: "the mail server offers no TLS"
            case CURLE_PEER_FAILED_VERIFICATION: "the mail server's certificate is not trusted"
            case CURLE_SSL_CONNECT_ERROR: "no TLS connection to the mail server"
            case CURLE_SSL_CACERT_BADFILE: "the CA bundle cannot be read"
            case CURLE_OPERATION_TIMEDOUT: "the mail server did not answer in time"
            default: "the connection to the mail server broke (libcurl \(result.rawValue))"
            }
        return sentBytes == message.count ? .unknown(words) : .refused(words)
    }

    fileprivate func handOver(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, message.count - sentBytes)
        message.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[sentBytes...].prefix(count)))
        }
        sentBytes += count
        return count
    }

    /// OpenSSL writes to sockets whose peer has gone; the error is wanted, not the signal.
    private static func withoutBrokenPipes<Value>(_ body: () -> Value) -> Value {
        var (signals, before) = (sigset_t(), sigset_t())
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, &before)
        defer {
            var (nothing, pending) = (timespec(), sigset_t())
            sigpending(&pending)
            if sigismember(&pending, SIGPIPE) == 1 { sigtimedwait(&signals, nil, &nothing) }
            pthread_sigmask(SIG_SETMASK, &before, nil)
        }
        return body()
    }
}

private let handMessageOver: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int =
    {
        bytes, size, count, owner in
        Unmanaged<MailTransfer>.fromOpaque(owner!).takeUnretainedValue()
            .handOver(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
    }

import CCurl
import Glibc

/// The thread that drives every transfer of a client through one multi handle. Other threads only leave transfers and
/// cancellations in its inbox and wake it.
final class TransferLoop: @unchecked Sendable {
    private let settings: HTTPSettings
    private let multi: UnsafeMutableRawPointer
    private let lock = PosixLock()

    // Guarded by the lock.
    private var arrived: [Transfer] = []
    private var cancelled: [Transfer] = []
    private var isStopping = false
    private var thread: pthread_t?

    // The loop's thread only.
    private var waiting: [Transfer] = []
    private var active: [ObjectIdentifier: Transfer] = [:]
    private let limit: Int

    init(_ settings: HTTPSettings) throws {
        guard Self.libraryIsReady, let multi = curl_multi_init() else {
            throw HTTPError(.library, "libcurl cannot be started")
        }
        self.settings = settings
        self.multi = multi
        limit = max(1, min(settings.concurrentTransfers, HTTPSettings.largestConcurrency))
        _ = ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, limit)
        try startThread()
    }

    func submit(_ transfer: Transfer, _ continuation: Transfer.Continuation) {
        transfer.askedAt = Self.uptimeNanoseconds()
        transfer.deadlineSeconds = transfer.request.deadlineSeconds ?? settings.deadlineSeconds
        let refusal: HTTPError? = lock.withLock {
            if transfer.isCancelled { return Self.cancellation }
            if isStopping { return Self.closure }
            transfer.continuation = continuation
            arrived.append(transfer)
            // Inside the lock: `stop` frees the handle only after it has held the lock itself.
            curl_multi_wakeup(multi)
            return nil
        }
        if let refusal { continuation.resume(throwing: refusal) }
    }

    func cancel(_ transfer: Transfer) {
        lock.withLock {
            transfer.isCancelled = true
            guard transfer.continuation != nil, !transfer.isFinished, !isStopping else { return }
            cancelled.append(transfer)
            curl_multi_wakeup(multi)
        }
    }

    /// Ends the thread and waits for it. Safe to call twice.
    func stop() {
        let joinable: pthread_t? = lock.withLock {
            guard !isStopping else { return nil }
            isStopping = true
            curl_multi_wakeup(multi)
            defer { thread = nil }
            return thread
        }
        if let joinable { pthread_join(joinable, nil) }
    }

    private func startThread() throws {
        var handle = pthread_t()
        let own = Unmanaged.passRetained(self)
        let status = pthread_create(
            &handle, nil,
            { argument in
                let loop = Unmanaged<TransferLoop>.fromOpaque(argument!).takeRetainedValue()
                // OpenSSL writes to sockets whose peer has gone; the error number is wanted, not the signal.
                var signals = sigset_t()
                sigemptyset(&signals)
                sigaddset(&signals, SIGPIPE)
                pthread_sigmask(SIG_BLOCK, &signals, nil)
                loop.run()
                return nil
            }, own.toOpaque())
        guard status == 0 else {
            own.release()
            curl_multi_cleanup(multi)
            throw HTTPError(.library, "no thread for the HTTP client", cause: String(cString: strerror(status)))
        }
        lock.withLock { thread = handle }
    }

    private func run() {
        while takeInbox() {
            expireWaiting()
            startWaiting()
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            let finished = collectFinished()
            // Finished transfers, and such as could not be started, made room: fill it before going to sleep.
            if !waiting.isEmpty, finished || active.count < limit { continue }
            curl_multi_poll(multi, nil, 0, millisecondsToWait(), nil)
        }
        for transfer in Array(active.values) + waiting { finish(transfer, .failure(Self.closure)) }
        waiting = []
        curl_multi_cleanup(multi)
    }

    /// Moves what arrived into the queue and drops what was cancelled; false when the loop must end.
    private func takeInbox() -> Bool {
        let (toDrop, goesOn) = lock.withLock {
            waiting += arrived
            arrived = []
            defer { cancelled = [] }
            return (cancelled, !isStopping)
        }
        for transfer in toDrop {
            waiting.removeAll { $0 === transfer }
            finish(transfer, .failure(Self.cancellation))
        }
        return goesOn
    }

    private func expireWaiting() {
        let now = Self.uptimeNanoseconds()
        let late = waiting.filter { $0.remainingSeconds(at: now) <= 0 }
        guard !late.isEmpty else { return }
        waiting.removeAll { $0.remainingSeconds(at: now) <= 0 }
        for transfer in late {
            finish(transfer, .failure(HTTPError(.timeout, "\(transfer.request.host) was not asked in time")))
        }
    }

    /// Until the next deadline of the queue; transfers under way have their own timers inside libcurl.
    private func millisecondsToWait() -> Int32 {
        let now = Self.uptimeNanoseconds()
        let next = waiting.map { $0.remainingSeconds(at: now) }.min() ?? 60
        return Int32(max(1, min(60_000, next * 1000 + 1)))
    }

    private func startWaiting() {
        let room = limit - active.count
        guard room > 0, !waiting.isEmpty else { return }
        let now = Self.uptimeNanoseconds()
        for transfer in waiting.prefix(room) {
            guard let easy = transfer.prepare(settings, remainingSeconds: transfer.remainingSeconds(at: now)),
                curl_multi_add_handle(multi, easy) == CURLM_OK
            else {
                finish(transfer, .failure(HTTPError(.library, "libcurl has no handle left")))
                continue
            }
            active[ObjectIdentifier(transfer)] = transfer
        }
        waiting.removeFirst(min(room, waiting.count))
    }

    private func collectFinished() -> Bool {
        var left: Int32 = 0
        var found = false
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            // Read before the handle leaves the multi: the message lies in it.
            let result = ccurl_message_result(message)
            var owner: UnsafeMutableRawPointer?
            _ = ccurl_get_pointer(easy, CURLINFO_PRIVATE, &owner)
            let transfer = Unmanaged<Transfer>.fromOpaque(owner!).takeUnretainedValue()
            finish(transfer, result == CURLE_OK ? .success(transfer.response()) : .failure(transfer.failure(result)))
            found = true
        }
        return found
    }

    private func finish(_ transfer: Transfer, _ outcome: Result<HTTPResponse, HTTPError>) {
        active[ObjectIdentifier(transfer)] = nil
        if let easy = transfer.easy { curl_multi_remove_handle(multi, easy) }
        transfer.releaseHandles()
        let continuation = lock.withLock {
            transfer.isFinished = true
            defer { transfer.continuation = nil }
            return transfer.continuation
        }
        continuation?.resume(with: outcome.mapError { $0 })
    }

    private static let cancellation = HTTPError(.cancelled, "the request was cancelled")
    private static let closure = HTTPError(.closed, "the HTTP client was shut down")
    static let libraryIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    static func uptimeNanoseconds() -> UInt64 {
        var reading = timespec()
        clock_gettime(CLOCK_MONOTONIC, &reading)
        return UInt64(reading.tv_sec) * 1_000_000_000 + UInt64(reading.tv_nsec)
    }
}

extension Transfer {
    func remainingSeconds(at now: UInt64) -> Double {
        deadlineSeconds - Double(now - min(now, askedAt)) / 1e9
    }
}

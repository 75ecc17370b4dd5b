import FinOps
import Foundation
import OpenSSL

/// Remembers answers in memory and what it was asked.
actor MemoryMemo: AnswerMemo {
    private(set) var answers: [Digest: RememberedAnswer] = [:]
    private(set) var begun: [Digest] = []

    func answer(to key: Digest) -> RememberedAnswer? { answers[key] }
    func begin(_ key: Digest, operation: String) { begun.append(key) }
    func remember(_ answer: RememberedAnswer, for key: Digest) { answers[key] = answer }
}

struct TestHashing: Hashing {
    func sha256(_ bytes: Data) -> Digest { Digest(bytes: SHA256.digest(of: bytes))! }
}

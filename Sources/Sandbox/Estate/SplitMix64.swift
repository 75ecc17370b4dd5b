/// Vigna's SplitMix64: the estate's only source of variety. Same key, same number, on every machine.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    /// A stream of its own for every key: seed, account, service, month, day.
    init(_ keys: UInt64...) {
        state = keys.reduce(0x9E37_79B9_7F4A_7C15) { Self.mix($0 ^ ($1 &+ 0x9E37_79B9_7F4A_7C15)) }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// Uniform in `0..<bound`; the bias of the remainder is below 2⁻⁴⁰ for the bounds used here.
    mutating func below(_ bound: UInt64) -> Int64 { Int64(next() % bound) }

    /// Symmetric around zero, bell-shaped: the sum of three uniform draws, within ±`spread`.
    mutating func around(_ spread: Int64) -> Int64 {
        let width = UInt64(2 * spread / 3 + 1)
        return below(width) + below(width) + below(width) - 3 * (Int64(width) / 2)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

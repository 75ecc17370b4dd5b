/// A promise that the engine broke, and the seed that tells of it again.
public struct Violation: Error, CustomStringConvertible {
    public let seed: UInt64
    /// Nil for the smallest month.
    let story: Story?
    let bug: PlantedBug?
    public let sentence: String

    public var description: String {
        "seed \(seed) (\(story?.rawValue ?? "smallest month")): \(sentence)"
    }
}

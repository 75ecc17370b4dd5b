import FinOps

/// Turns the trouble a port throws into a value. Anything else - a full disk, a bug - goes up and stops the run.
func observe<Value: Sendable>(_ read: () async throws -> Value) async throws -> Observation<Value> {
    do {
        return .known(try await read())
    } catch let trouble as Trouble {
        return .unknown(trouble)
    }
}

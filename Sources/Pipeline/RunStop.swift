import FinOps

/// Ends a run early, on purpose: a gate did not hold, or a person has to decide first. Not trouble; the run still ends with
/// a result.
struct RunStop: Error {
    let verdict: Verdict
}

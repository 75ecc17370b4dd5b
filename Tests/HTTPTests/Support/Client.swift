import HTTP

/// A client for the length of `body`, shut down whatever happens.
func withClient<Value>(
    _ shape: (inout HTTPSettings) -> Void = { _ in }, _ body: (HTTPClient) async throws -> Value
) async throws -> Value {
    var settings = HTTPSettings()
    settings.deadlineSeconds = 60
    shape(&settings)
    let client = try HTTPClient(settings)
    defer { client.shutdown() }
    return try await body(client)
}

/// The code with which a request fails, nil when it succeeds.
func failure(_ request: () async throws -> HTTPResponse) async -> HTTPError.Code? {
    do {
        _ = try await request()
        return nil
    } catch {
        return (error as? HTTPError)?.code
    }
}

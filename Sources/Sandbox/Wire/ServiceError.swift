/// A refusal in AWS's own words: the code programs decide by, the status it travels with.
struct ServiceError: Error, Hashable {
    let code: String
    let message: String
    var status = 400

    static func validation(_ message: String) -> ServiceError {
        ServiceError(code: "ValidationException", message: message)
    }

    static func denied(_ caller: SandboxCaller, _ action: String) -> ServiceError {
        ServiceError(
            code: "AccessDeniedException",
            message:
                "User: \(caller.arn) is not authorized to perform: \(action) because no identity-based policy allows "
                + "the \(action) action")
    }

    static func unknownOperation(_ name: String) -> ServiceError {
        ServiceError(code: "UnknownOperationException", message: "The sandbox does not offer \(name).")
    }
}

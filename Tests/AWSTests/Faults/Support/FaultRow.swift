import FinOps
import TestSupport
import Testing

/// One row of the matrix: what goes wrong, where, and what is left to say when it never stops.
struct FaultRow: Sendable, CustomTestStringConvertible {
    let name: String
    let fault: Fault
    var operation: String? = cost
    /// How often in a row it may happen without harm.
    var harmless = 2
    var kind = Trouble.Kind.unreachable
    var code = ""
    /// What the same fault is called when it is noticed a moment earlier.
    var earlierCode: String?

    var testDescription: String { name }

    static let cost = "ce:GetCostAndUsage"

    static let throttles: [FaultRow] = [
        FaultRow(
            name: "Cost Explorer's 400 LimitExceededException", fault: json("LimitExceededException"),
            kind: .throttled, code: "LimitExceededException"),
        FaultRow(
            name: "a code with its namespace", fault: json("com.amazonaws.coral.availability#ThrottlingException"),
            kind: .throttled, code: "ThrottlingException"),
        FaultRow(
            name: "Organizations' 400 TooManyRequestsException", fault: json("TooManyRequestsException"),
            operation: "organizations:ListAccounts", kind: .throttled, code: "TooManyRequestsException"),
        FaultRow(
            name: "429 ThrottlingException of Budgets", fault: json("ThrottlingException", status: 429),
            operation: "budgets:DescribeBudgets", kind: .throttled, code: "ThrottlingException"),
        FaultRow(
            name: "429 without a word", fault: .answer(status: 429, body: ""),
            operation: "invoicing:ListInvoiceSummaries",
            kind: .throttled, code: "HTTP429"),
        FaultRow(
            name: "STS' 400 Throttling in XML", fault: xml("Throttling", status: 400),
            operation: "sts:GetCallerIdentity", kind: .throttled, code: "Throttling"),
        FaultRow(
            name: "503 RequestLimitExceeded in XML", fault: xml("RequestLimitExceeded", status: 503),
            operation: "sts:GetCallerIdentity", kind: .throttled, code: "RequestLimitExceeded"),
        FaultRow(
            name: "503 SlowDown in XML", fault: xml("SlowDown", status: 503), kind: .throttled, code: "SlowDown"),
        FaultRow(
            name: "a throttle that says how long",
            fault: .answer(
                status: 400, headers: ["Retry-After": "1", "x-amzn-ErrorType": "LimitExceededException"], body: "{}"),
            kind: .throttled, code: "LimitExceededException"),
    ]

    static let answers: [FaultRow] = [
        FaultRow(
            name: "500 InternalServerException", fault: json("InternalServerException", status: 500),
            kind: .unreachable, code: "InternalServerException"),
        FaultRow(
            name: "500 with a page", fault: page(500), operation: "organizations:ListAccounts", kind: .unreachable,
            code: "HTTP500"),
        FaultRow(name: "502 with a page", fault: page(502), kind: .unreachable, code: "HTTP502"),
        FaultRow(name: "503 with a page", fault: page(503), kind: .unreachable, code: "HTTP503"),
        FaultRow(
            name: "504 without a word", fault: .answer(status: 504, body: ""), operation: "ce:GetCostForecast",
            kind: .unreachable, code: "HTTP504"),
        FaultRow(name: "200 with a page", fault: page(200), kind: .unreachable, code: "UnreadableAnswer"),
        FaultRow(
            name: "200 with a page instead of an identity", fault: page(200), operation: "sts:GetCallerIdentity",
            kind: .unreachable, code: "UnreadableAnswer"),
        FaultRow(
            name: "200 without a body", fault: .answer(status: 200, body: ""), kind: .unreachable, code: "EmptyAnswer"),
        FaultRow(
            name: "200 with nothing in it", fault: .answer(status: 200, body: "{}"), kind: .unreachable,
            code: "UnreadableAnswer"),
        FaultRow(
            name: "200 with garbage", fault: .answer(status: 200, body: "\u{0}\u{1}\u{7f} not JSON"),
            kind: .unreachable,
            code: "UnreadableAnswer"),
        FaultRow(
            name: "200 with half a document", fault: .answer(status: 200, body: #"{"ResultsByTime":[{"TimePeriod":"#),
            kind: .unreachable, code: "UnreadableAnswer"),
    ]

    static let connections: [FaultRow] = [
        FaultRow(
            name: "reset on accept", fault: .resetOnAccept, operation: nil, kind: .unreachable, code: "reset",
            earlierCode: "connect"),
        FaultRow(name: "reset after the request", fault: .resetAfterRequest, kind: .unreachable, code: "reset"),
        FaultRow(name: "reset in mid-body", fault: .resetInBody, kind: .unreachable, code: "reset"),
        FaultRow(name: "truncated body", fault: .truncated, kind: .unreachable, code: "truncated"),
        FaultRow(
            name: "truncated body of no announced length", fault: .truncatedUnannounced, kind: .unreachable,
            code: "UnreadableAnswer"),
        FaultRow(
            name: "truncated body of Organizations", fault: .truncated, operation: "organizations:ListAccounts",
            kind: .unreachable, code: "truncated"),
    ]

    static let slow: [FaultRow] = [
        FaultRow(name: "a server that never answers", fault: .hang, harmless: 1, kind: .unreachable, code: "timeout"),
        FaultRow(
            name: "a server that dribbles", fault: .slowLoris, harmless: 1, kind: .unreachable, code: "timeout"),
    ]

    /// Nothing is wrong with these for a client that reads what HTTP allows.
    static let oddities: [FaultRow] = [
        FaultRow(name: "a connection closed after every answer", fault: .closeAfterAnswer),
        FaultRow(name: "answers in chunks", fault: .chunked),
        FaultRow(name: "answers without a Date", fault: .withoutField("Date")),
        FaultRow(name: "answers without a request id", fault: .withoutField("x-amzn-RequestId")),
    ]

    private static func json(_ code: String, status: Int = 400) -> Fault {
        .answer(
            status: status, headers: ["Content-Type": "application/x-amz-json-1.1"],
            body: #"{"__type":"\#(code)","Message":"Rate exceeded"}"#)
    }

    private static func xml(_ code: String, status: Int) -> Fault {
        .answer(
            status: status, headers: ["Content-Type": "text/xml"],
            body: "<ErrorResponse><Error><Code>\(code)</Code><Message>Rate exceeded</Message></Error>"
                + "<RequestId>r-1</RequestId></ErrorResponse>")
    }

    private static func page(_ status: Int) -> Fault {
        .answer(
            status: status, headers: ["Content-Type": "text/html"],
            body: "<!DOCTYPE html><html><body><h1>Sign in to the network</h1></body></html>")
    }
}

import FinOps
import Foundation
import OpenSSL

/// Where every request arrives: who asks, what for, is it refused, which service answers, is the answer spoilt.
struct SandboxDesk: Sendable {
    private let options: SandboxOptions
    private let meter: SandboxMeter
    private let authentication: RequestAuthentication
    private let troubles: TroubleMaker
    private let requestIDs: RequestIDs
    private let securityTokens: SecurityTokenService
    private let identityManagement: IdentityManagementService
    private let singleSignOn: SingleSignOnService
    private let organizations: OrganizationsService
    private let costExplorer: CostExplorerService
    private let budgets: BudgetsService
    private let invoicing: InvoicingService
    private let billing: BillingService
    private let savingsPlans: SavingsPlansService
    private let optimizationHub: OptimizationHubService
    private let computeOptimizer: ComputeOptimizerService

    init(_ options: SandboxOptions, _ estate: SampleEstate, _ meter: SandboxMeter) {
        self.options = options
        self.meter = meter
        let keys = SandboxKeyRing(estate, options.credentials)
        let tokens = PageToken(seed: options.seed)
        let book = EstateBook(estate)
        authentication = RequestAuthentication(keys: keys, checksSignatures: options.checksSignatures)
        troubles = TroubleMaker(options.troubles)
        requestIDs = RequestIDs()
        securityTokens = SecurityTokenService(keys: keys, signIn: options.signIn)
        identityManagement = IdentityManagementService(keys: keys)
        singleSignOn = SingleSignOnService(keys: keys, estate: estate, signIn: options.signIn)
        organizations = OrganizationsService(estate: estate, tokens: tokens, troubles: troubles)
        costExplorer = CostExplorerService(
            answer: CostAnswer(
                estate: estate, book: book, tokens: tokens, pageSizeGroups: options.pageSizeGroups,
                discrepancy: options.effectiveDiscrepancy),
            troubles: troubles)
        budgets = BudgetsService(estate: estate, book: book, tokens: tokens)
        invoicing = InvoicingService(estate: estate, book: book, tokens: tokens)
        billing = BillingService(reseller: options.reseller)
        savingsPlans = SavingsPlansService(estate: estate, book: book)
        computeOptimizer = ComputeOptimizerService(estate: estate)
        optimizationHub = OptimizationHubService(estate: estate, book: book, tokens: tokens)
    }

    func answer(_ received: ReceivedRequest) async -> (SandboxAnswer, requestID: String) {
        let address = RequestAddress(received)
        let name = "\(address.service):\(address.operation)"
        let requestID = await requestIDs.next(name, received.body)
        await meter.count(name)
        let delay =
            options.latencyMilliseconds + options.troubles.reduce(0) { $0 + ($1.kind == .latency ? $1.number ?? 0 : 0) }
        if delay > 0 { try? await Task.sleep(for: .milliseconds(delay)) }

        let now = Timestamp(secondsSinceEpoch: Int(Date().timeIntervalSince1970))
        let caller: SandboxCaller
        do {
            caller =
                address.isUnsigned
                ? .nobody : try await authentication.caller(of: received, address: address, now: now)
        } catch {
            await meter.refuseSignature()
            return (.failure(Self.refusal(error), dialect: address.dialect), requestID)
        }
        let request = SandboxRequest(
            service: address.service, operation: address.operation, dialect: address.dialect, caller: caller,
            body: received.body, form: address.form)
        if let refusal = await troubles.refusal(request) {
            return (.failure(refusal, dialect: request.dialect), requestID)
        }
        do {
            let answer =
                address.isUnsigned
                ? try await singleSignOn.answer(request, received, now: now) : try await serve(request, requestID, now)
            if request.service == "ce" { await meter.bill() }
            return (troubles.spoil(answer, request.service), requestID)
        } catch {
            return (.failure(Self.refusal(error), dialect: request.dialect), requestID)
        }
    }

    private func serve(_ request: SandboxRequest, _ requestID: String, _ now: Timestamp) async throws -> SandboxAnswer {
        let value: JSONValue
        switch request.service {
        case "sts": return try await securityTokens.answer(request, requestID: requestID, now: now)
        case "iam": return try await identityManagement.answer(request, requestID: requestID)
        case "organizations": value = try await organizations.answer(request)
        case "ce": value = try await costExplorer.answer(request)
        case "budgets": value = try await budgets.answer(request)
        case "invoicing": value = try await invoicing.answer(request)
        case "billing": value = try billing.answer(request)
        case "savingsplans": value = try await savingsPlans.answer(request)
        case "compute-optimizer": value = try computeOptimizer.answer(request)
        case "cost-optimization-hub": value = try await optimizationHub.answer(request)
        default: throw ServiceError.unknownOperation("\(request.service):\(request.operation)")
        }
        guard case .json(let version) = request.dialect else {
            throw ServiceError.unknownOperation("\(request.service):\(request.operation)")
        }
        return .json(value, version: version)
    }

    private static func refusal(_ error: any Error) -> ServiceError {
        error as? ServiceError
            ?? ServiceError(code: "InternalServerException", message: String(describing: error), status: 500)
    }
}

/// Request ids that are a function of the request and how often it was made: two runs of the same month see the same.
actor RequestIDs {
    private var seen: [Data: Int] = [:]

    func next(_ name: String, _ body: Data) -> String {
        let key = SHA256.digest(of: Data("\(name) ".utf8) + body)
        seen[key, default: 0] += 1
        let hex = Array(BoundedText.hex(SHA256.digest(of: key + Data("#\(seen[key]!)".utf8))))
        let parts = [hex[0..<8], hex[8..<12], hex[12..<16], hex[16..<20], hex[20..<32]]
        return parts.map { String($0) }.joined(separator: "-")
    }
}

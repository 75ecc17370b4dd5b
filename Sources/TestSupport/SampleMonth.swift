public import FinOps

/// The other products of a month, each complete and in order; a test breaks the one thing it is about.
public enum SampleMonth {
    public static func request(
        month: BillingMonth = SampleLedger.month, scope: RunRequest.Scope = .organization,
        profile: String? = "billing", personas: [Persona] = Persona.allCases,
        isSample: Bool = false, exchangeRates: ExchangeRateTable? = nil
    ) -> RunRequest {
        RunRequest(
            month: month, project: "cloud-infrastructure", scope: scope, profile: profile,
            personas: personas, requestedBy: "alice", isSample: isSample, today: SampleLedger.today,
            exchangeRates: exchangeRates)
    }

    public static func brief(
        request: RunRequest = request(), policy: RunPolicy = RunPolicy(budget: Money("120000", .usd)),
        acceptanceCriteria: [String] = [
            "Every active account appears in the report", "The total matches L3 to the cent",
        ],
        plannedQueries: [CostQuery]? = nil, plannedCostUSD: ExactDecimal = "0.04"
    ) -> CoordinationBrief {
        CoordinationBrief(
            request: request, policy: policy, acceptanceCriteria: acceptanceCriteria,
            plannedQueries: plannedQueries ?? [
                SampleLedger.daily(),
                SampleLedger.query("L1", groupBy: [.account, .service], excludedRecordTypes: RecordClass.sppSpellings),
                SampleLedger.query("L3", groupBy: [.account, .recordType]),
            ], plannedCostUSD: plannedCostUSD)
    }

    public static func preflight(
        checks: [SmokeTest.Check] = [check()], identities: [ProfileIdentity] = [identity()],
        costExplorer: Observation<CostExplorerProbe>? = nil
    ) -> PreflightReport {
        PreflightReport(
            smokeTest: SmokeTest(toolVersion: "0.1.0", checks: checks), identities: identities,
            costExplorer: costExplorer
                ?? .known(
                    CostExplorerProbe(
                        SampleLedger.ledger(
                            SampleLedger.daily(), [SampleLedger.line(["Every service"], "100000")]))))
    }

    public static func check(
        _ subject: String = "running binary", exitStatus: Int? = 0, answer: String = "finops-monthly 0.1.0"
    ) -> SmokeTest.Check {
        SmokeTest.Check(subject: subject, sha256: SampleLedger.digest("c"), exitStatus: exitStatus, answer: answer)
    }

    public static func identity(
        _ profile: String = "billing", account: String = "111111111111", arn: String? = nil
    ) -> ProfileIdentity {
        ProfileIdentity(
            profile: profile,
            identity: .known(
                CallerIdentity(
                    account: account, arn: arn ?? "arn:aws:sts::\(account):assumed-role/read/alice", userID: "AROAX",
                    requestID: "r-1")))
    }

    public static func account(
        _ id: String, state: AccountState = .active, organizationalUnits: [String]? = ["Workloads"]
    ) -> Account {
        Account(id: id, name: "account \(id.suffix(2))", state: state, organizationalUnits: organizationalUnits)
    }

    public static func inventory(
        scope: RunRequest.Scope = .organization,
        accounts: [Account] = [account("111111111111"), account("222222222222")], troubles: [Trouble] = [],
        origin: ExportOrigin? = nil
    ) -> AccountInventory {
        AccountInventory(
            scope: scope, accounts: accounts, managementAccountID: "999999999999",
            citation: "organizations:ListAccounts, 1 pages", requestIDs: ["r-2"], troubles: troubles,
            callerAccountID: "999999999999", origin: origin)
    }

    public static func crossValidation(
        _ collection: CostCollection = SampleCollection.partnerDiscount(), metric: CostMetric = .unblended,
        today: CalendarDay = SampleLedger.today
    ) -> CrossValidation {
        CrossValidator(month: SampleLedger.month, metric: metric, today: today).validate(collection)
    }

    public static func deliverables(
        requested: [Persona] = Persona.allCases, _ deliverables: [Deliverable]? = nil, damaged: [String] = []
    ) -> DeliverableSet {
        DeliverableSet(
            requested: requested, deliverables: deliverables ?? files(for: requested),
            factsSHA256: SampleLedger.digest("d"), deliverablesSHA256: SampleLedger.digest("e"), damaged: damaged)
    }

    public static func files(for personas: [Persona] = Persona.allCases, bytes: Int = 4096) -> [Deliverable] {
        personas.flatMap { persona in
            [("html", Deliverable.Format.html), ("md", .markdown)].map { suffix, format in
                Deliverable(
                    path: "reports/\(persona.rawValue).\(suffix)", format: format, persona: persona, bytes: bytes,
                    sha256: SampleLedger.digest("f"))
            }
        } + [
            Deliverable(
                path: "reports/stakeholder-email.md", format: .email, persona: nil, bytes: bytes,
                sha256: SampleLedger.digest("f"))
        ]
    }

    public static func archive(
        fileCount: Int = 42, seal: Digest? = SampleLedger.digest("9"), problems: [String] = []
    ) -> ArchiveManifest {
        ArchiveManifest(
            path: "evidence/cloud-infrastructure/finops-reports/2026-02", fileCount: fileCount, bytes: 1_000_000,
            seal: seal, sequence: 1, previous: nil, problems: problems)
    }

    public static func facts(_ facts: [Fact]? = nil, accounts: [FactSubject] = []) -> FactBook {
        FactBook(
            month: SampleLedger.month, project: "cloud-infrastructure", scope: .organization, metric: .unblended,
            currency: .usd, isPreliminary: false, isSample: false, exchangeRate: nil, accounts: accounts, services: [],
            unavailable: [], gates: [], facts: facts ?? [fact("total.net", "100000"), fact("budget.limit", "120000")])
    }

    public static func fact(
        _ id: String, _ value: ExactDecimal?, unit: Fact.Unit = .money, label: String = "a figure",
        sources: [Digest] = [SampleLedger.digest("b")], reason: String? = nil
    ) -> Fact {
        Fact(
            id: id, unit: unit, value: value, currency: unit == .money ? .usd : nil, label: label, sources: sources,
            reason: reason)
    }

    public static func trouble(_ kind: Trouble.Kind, code: String = "SomeCode", hint: String? = nil) -> Trouble {
        Trouble(
            kind, code: code, message: "it went wrong", operation: "sts:GetCallerIdentity", requestID: "r-3", hint: hint
        )
    }
}

import ArgumentParser
import Evidence
import FinOps
import Pipeline

extension GlobalOptions {
    /// Runs a command's body and turns whatever it throws into one sentence and one exit status: the only place where that
    /// happens.
    func guarded(_ body: () async throws -> ExitStatus) async throws {
        let status: ExitStatus
        do {
            status = try await body()
        } catch let exit as ExitCode {
            throw exit
        } catch {
            ErrorView(format: format, terminal: terminal).show(error)
            throw Self.status(of: error).code
        }
        guard status == .complete else { throw status.code }
    }

    /// Input that a person must correct is 64; a month that another process works on is 75, for it can be tried later, and so
    /// are letters of which a person must find out what became of them.
    static func status(of error: any Error) -> ExitStatus {
        switch error {
        case is InputError: .usage
        case let stop as GateStop: ExitStatus(stoppedBy: stop.verdict.gate)
        case let error as EvidenceError where error.kind == .busy: .waiting
        case is UnknownDeliveries: .waiting
        default: .trouble
        }
    }

    func settings(flags: [Setting: SettingValue] = [:]) throws -> Settings {
        try Settings(
            flags: flags, environment: environment, configurationPath: config, root: rootDirectory,
            homeDirectory: homeDirectory)
    }
}

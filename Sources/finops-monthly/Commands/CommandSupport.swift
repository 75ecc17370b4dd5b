import ArgumentParser
import FinOps

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
            throw (error is InputError ? ExitStatus.usage : .trouble).code
        }
        guard status == .complete else { throw status.code }
    }

    func settings(flags: [Setting: SettingValue] = [:]) throws -> Settings {
        try Settings(
            flags: flags, environment: environment, configurationPath: config, root: rootDirectory,
            homeDirectory: homeDirectory)
    }
}

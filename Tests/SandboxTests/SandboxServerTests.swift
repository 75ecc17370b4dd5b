import FinOps
import Foundation
import Testing

@testable import Sandbox

@Suite struct SandboxServerTests {
    @Test func `a port that is taken is refused at once with a remedy`() async throws {
        try await withSandbox { first in
            let port = UInt16(try #require(first.url.port))
            await #expect {
                let second = try await SandboxServer.start(.with { $0.port = port })
                await second.stop()
            } throws: { error in
                (error as? SandboxError)?.summary == "the sandbox could not listen on port \(port)"
            }
        }
    }

    @Test func `a stopped sandbox frees its port`() async throws {
        let port = try await withSandbox { UInt16(try #require($0.url.port)) }
        let again = try await withSandbox(.with { $0.port = port }) { $0.url.port }
        #expect(again == Int(port))
    }

    @Test func `options that cannot be are refused before anything starts`() async {
        let wrong: [(SandboxOptions, String)] = [
            (.with { $0.accounts = 12 }, "accounts_out_of_range"),
            (.with { $0.pageSizeGroups = 0 }, "option_out_of_range"),
            (.with { $0.today = CalendarDay("1999-01-01")! }, "today_out_of_range"),
            (.with { $0.discrepancy = .init(amount: "1", account: "999999999999") }, "unknown_account"),
        ]
        for (options, code) in wrong {
            await #expect {
                let sandbox = try await SandboxServer.start(options)
                await sandbox.stop()
            } throws: { error in
                (error as? InputError)?.code == code
            }
        }
    }
}

import AWS
import Evidence
import FinOps
import OpenSSL

/// What the key commands share: the keys of this user and whom the root trusts.
struct KeyDesk {
    let name: String
    let layout: ArchiveLayout
    let keys: SigningKeys
    let trust: TrustStore
    private let global: GlobalOptions
    private let terminal: ControllingTerminal?

    init(_ options: KeyOptions, global: GlobalOptions) throws {
        let settings = try global.settings(project: options.project)
        name = options.name
        self.global = global
        terminal = ControllingTerminal(
            noInput: global.noInput, format: global.format, environment: global.environment)
        layout = try settings.layout(root: global.rootDirectory)
        // What is being made is asked for twice below.
        keys = global.signingKeys(settings, terminal: nil)
        trust = TrustStore(folder: layout.trustFolder, fileSystem: LocalFileSystem())
    }

    /// Makes a key, or takes on the one the options name. With `sequence` it follows the present key from there on; that one
    /// is put aside only when everything needed is at hand.
    func make(_ custody: CustodyOptions, following sequence: Int? = nil) async throws -> KeyStore.Record {
        guard let kms = custody.kms else {
            let passphrase = try await newPassphrase()
            if let sequence { try keys.store.retire(name, before: sequence) }
            return try keys.store.create(name, passphrase: passphrase)
        }
        let arn = try KeyARN(kms)
        let publicKey = try await keys.service(arn.text).publicKey
        if let sequence { try keys.store.retire(name, before: sequence) }
        return try keys.store.adopt(name, arn: arn.text, publicKey: publicKey)
    }

    func trust(_ key: ECDSAPublicKey) throws {
        if name == RunnerKey.name {
            try trust.trustRunner(key)
        } else {
            try trust.trustApprover(name, key)
        }
    }

    /// The place the next sealed month takes: the first a new key counts for.
    func nextSequence() throws -> Int {
        try ArchiveChain(layout: layout, fileSystem: LocalFileSystem()).nextPlace().sequence
    }

    func show(_ word: String, _ record: KeyStore.Record, _ more: String? = nil) {
        let end = more.map { ", \($0)" } ?? ""
        global.terminal.output("\(word) \(name) (\(record.custody.words)\(end))")
        global.terminal.output("Private  \(record.path)")
        global.terminal.output("Trusted  \(layout.relative(layout.trustFolder))")
    }

    /// Nil is none: said by the person, by an empty variable, or because nobody could be asked.
    private func newPassphrase() async throws -> String? {
        if let given = global.environment[Passphrase.variable] { return given.isEmpty ? nil : given }
        if let given = try await keys.passphrase.ask(name) { return given }
        guard let typed = terminal?.readSecret(prompt: "Passphrase for \(name) (empty for none): "), !typed.isEmpty
        else { return nil }
        guard terminal?.readSecret(prompt: "The same again: ") == typed else {
            throw InputError("passphrases_differ", "the two passphrases differ; no key was made")
        }
        return typed
    }
}

extension KeyStore.Custody {
    /// `with passphrase`.
    var words: String {
        switch self {
        case .file(let isEncrypted): isEncrypted ? "with passphrase" : "without passphrase"
        case .keyManagementService(let arn): "kept by \(arn)"
        }
    }
}

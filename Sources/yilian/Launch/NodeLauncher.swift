import ArgumentParser
import Console
import Edge
import Effects
import Foundation
import Ledgers
import Logging
import NodeRuntime
import Regions
import SQLiteStorage
import Storage
import TLSTransport
import Trust
import UnixSignals
import VerbKit

/// From a node's yaml file to a running node, and to its end.
struct NodeLauncher: Sendable {
    let options: LaunchOptions
    let world: World

    /// Runs until somebody stops the node with SIGTERM or SIGINT.
    ///
    /// - Throws: whatever keeps the node from starting or from going on.
    func run() async throws {
        // What the node makes is its own: keys, ledger and socket are for nobody else.
        umask(0o077)
        signal(SIGPIPE, SIG_IGN)
        StandardStream.giveUpWhereNobodyReads()
        ProcessResources.keepNoCoreDumps()
        _ = ProcessResources.raiseDescriptors()
        ProcessResources.holdTimers()
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        let file = try Self.readFile(options, disk: world.disk)
        try world.disk.createDirectory(file.dataFolder, mode: 0o700)
        let lock = try DataFolderLock(folder: file.dataFolder)
        defer { withExtendedLifetime(lock) {} }
        try BackupRestoring.checkFinished(in: file.dataFolder, disk: world.disk)
        let log = LogControl(
            level: file.logLevel, format: file.logFormat,
            isJournal: LogControl.isJournal(environment: ProcessInfo.processInfo.environment))
        let writer = log.writer(time: world.time)
        LastLines.keepAtFaults()
        let logger = Self.makeLogger(file, log, writer, world: world)
        do {
            try await run(file, log: log, writer: writer, logger: logger, signals: signals)
            writer.flush(milliseconds: LastWords.flushMilliseconds)
        } catch {
            // Said behind the log's lines: written at once it could wait for ever for somebody who reads.
            let status = ExitStatus(of: error)
            if let words = status.words(for: error) { LastWords.say(words, to: writer) }
            throw ExitCode(status.rawValue)
        }
    }

    private func run(
        _ file: NodeFile, log: LogControl, writer: LineWriter, logger: Logger, signals: UnixSignalsSequence
    ) async throws {
        let descriptors = ProcessResources.descriptors()
        if descriptors < Limits.descriptors {
            logger.warning(
                "the operating system lets this node have fewer open files than its listeners can need",
                metadata: [
                    "files": "\(descriptors)", "wanted": "\(Limits.descriptors)",
                    "remedy": "raise LimitNOFILE in the unit, or `ulimit -n`",
                ])
        }
        let parts = try await assemble(
            NodeFolder(file: file, disk: world.disk), log: log, writer: writer, logger: logger)
        let running = RunningProcess(
            parts: parts, addressFiles: [parts.folder.addressesPath] + (options.addressesFile.map { [$0] } ?? []),
            world: world, logger: logger)
        try await running.run(signals: signals)
    }

    /// The node's file with the command's options in place.
    ///
    /// - Throws: ``RegionProblems``, `config.badAddress`.
    static func readFile(_ options: LaunchOptions, disk: any Disk) throws -> NodeFile {
        let path = Paths.absolute(options.configFile)
        var file = try NodeFile.read(
            try disk.readText(path), fileName: path, sections: ServiceList.sections)
        file.setDataFolder(
            Paths.absolute(options.dataFolder ?? file.dataFolder),
            option: options.dataFolder == nil ? "dataFolder" : "--data")
        if !options.parents.isEmpty { file.setParentAddresses(options.parents, option: "--parent") }
        if let linkListen = options.linkListen { file.setLinkListen(linkListen, option: "--link-listen") }
        return file
    }

    private static func makeLogger(
        _ file: NodeFile, _ control: LogControl, _ writer: LineWriter, world: World
    ) -> Logger {
        let time = world.time
        LoggingSystem.bootstrap { NodeLogHandler(label: $0, control: control, writer: writer, time: time) }
        return Logger(label: "\(LogControl.ownLabel)\(file.node)")
    }

    private func assemble(
        _ folder: NodeFolder, log: LogControl, writer: LineWriter, logger: Logger
    ) async throws -> NodeParts {
        let file = folder.file
        try folder.checkMode()
        try folder.removeTemporaries()
        let registry = try folder.region(now: world.time.wallTime)
        let problems = file.problems(in: registry.current)
        guard problems.isEmpty else { throw RegionProblems(problems) }
        let credentials = try NodeCredentials(folder, region: registry.current.region)
        let (keys, boxKey) = (try folder.ledgerKeys(), try folder.boxKey())
        try folder.keyCheck(registry.current).ledger(first: keys.first, others: keys.others)
        try folder.keyCheck(registry.current).box(boxKey)
        try folder.keep(registry)
        try NodeLedgerCheck(folder: folder).checkFiles()
        let store = try SQLiteStore(path: folder.ledgerPath, world: world) { failure in
            LastWords.storageBroken(failure, logger: logger, log: writer)
        }
        let transport = try TLSLinkTransport(region: registry.current.region, credentials: credentials.tls)
        let expiry = CertificateExpiry(credentials.identity.notAfter)
        var setup = NodeSetup(
            node: file.node, region: registry, signingKey: keys.first, otherKeys: keys.others,
            boxKey: boxKey, store: store, transport: transport,
            listen: file.linkListen.map { .init(host: $0.host, port: Int($0.port)) },
            parentAddresses: file.parentAddresses.map { .init(host: $0.host, port: Int($0.port)) }, world: world,
            logger: logger, release: Release.version, saveRegion: { try folder.saveRegion($0) },
            saveWaitingRegion: { try folder.saveWaitingRegion($0) },
            settings: file.sections, messageRetentionDays: file.messageRetentionDays)
        setup.certificateExpiry = { expiry.time }
        setup.freeDiskBytes = { [path = folder.path] in SystemDisk.freeBytes(at: path) }
        let node = try await YilianNode.open(setup)
        return try await NodeParts.make(
            folder: folder, configFile: Paths.absolute(options.configFile), node: node, store: store,
            transport: transport, credentials: credentials, expiry: expiry, log: log, logWriter: writer,
            world: world, logger: logger)
    }
}

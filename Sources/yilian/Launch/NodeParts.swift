import Accounts
import Console
import ConsoleKit
import ConsolePages
import DestinationClients
import Destinations
import DirectorySignIn
import Edge
import Effects
import Foundation
import Logging
import NodeRuntime
import Regions
import SQLiteStorage
import Storage
import Synchronization
import TLSTransport
import VerbKit

/// Everything that one process of a node consists of, opened and not yet running.
struct NodeParts: Sendable {
    let folder: NodeFolder
    let node: YilianNode
    let store: any Store
    let transport: TLSLinkTransport
    let edge: HospitalEdge
    let destinations: DestinationsService
    let hospitals: HospitalClients
    let socket: HTTPListener
    /// Who listens to events of the operator's interface.
    let streams: EventStreams
    /// For browsers; none where the node's file has no console.
    let pages: PageListener?
    let health: HealthServer
    let probe: ReadinessProbe
    let tokens: OperatorTokens
    let book: AddressBook
    let expiry: CertificateExpiry
    let log: LogControl
    let logWriter: LineWriter
    /// The node's yaml file.
    let configFile: String

    static func make(
        folder: NodeFolder, configFile: String, node: YilianNode, store: SQLiteStore,
        transport: TLSLinkTransport, credentials: NodeCredentials, expiry: CertificateExpiry, log: LogControl,
        logWriter: LineWriter, world: World,
        logger: Logger
    ) async throws -> NodeParts {
        let file = folder.file
        let socketPath = try SocketFile.path(in: folder.path)
        let processID = ProcessInfo.processInfo.processIdentifier
        let book = AddressBook(
            NodeAddresses(
                node: file.node.rawValue, tier: node.context.tier.rawValue, processID: processID, health: "",
                socket: socketPath))
        // One for listeners and files, so that what was refused and counted is seen in one place.
        let intake = try MessageIntake(node: node, logger: logger)
        let importer = FileImporter(node: node, intake: intake)
        let doors = DoorBoard(time: world.time, logger: logger)
        let setup = ConsoleSetup(
            node: node, dataFolder: folder.path, processID: processID, certificateExpiry: { expiry.time },
            addresses: { book.addresses }, doors: doors, refusals: { intake.refusals.all.map(MessageInfo.init) },
            intake: intake.figures,
            accounts: try await AccountBook.open(
                store: store, world: world, allowsLinks: file.console?.allowsLinks ?? false),
            log: .init(
                level: { log.level.rawValue }, setLevel: { try log.set(named: $0) },
                dropped: { logWriter.droppedCount }, isDropping: { logWriter.isDropping }),
            backups: BackupStore(
                folder: file.resolved(file.backupFolder), dataFolder: folder.path,
                driver: .init(
                    copy: { try await store.copy(to: $0) },
                    problems: { try await SQLiteStore.problems(inCopyAt: $0, world: world) })),
            importing: { try await importer.take($0, format: $1, institution: $2, checkOnly: $3) })
        let tokens = try OperatorTokens([try folder.operatorToken(random: world.random)])
        let api = try OperatorAPI(setup)
        let edge = try await HospitalEdge.open(
            node: node, intake: intake, mllp: file.mllp, https: file.https, certificate: credentials.edge,
            resolve: { file.resolved($0) }, world: world, logger: logger, doors: doors,
            other: api.httpsResponder(tokens: tokens))
        let pages = try Self.pages(folder, setup, api, credentials: credentials)
        let destinations = try node.service(DestinationsService.self)
        let hospitals = try HospitalClients(
            destinations.destinations, resolve: { file.resolved($0) }, world: world)
        let probe = try await ReadinessProbe.open(setup)
        let health = HealthServer(
            setup, probe: probe, host: file.healthListen.host, port: Int(file.healthListen.port))
        return NodeParts(
            folder: folder, node: node, store: store, transport: transport, edge: edge,
            destinations: destinations, hospitals: hospitals,
            socket: api.socketListener(path: socketPath), streams: api.streams, pages: pages, health: health,
            probe: probe, tokens: tokens,
            book: book,
            expiry: expiry, log: log, logWriter: logWriter, configFile: configFile)
    }

    /// The console, where the node's file has one.
    private static func pages(
        _ folder: NodeFolder, _ setup: ConsoleSetup, _ api: OperatorAPI, credentials: NodeCredentials
    ) throws -> PageListener? {
        guard let settings = folder.file.console else { return nil }
        let node = setup.node
        let directory = try Self.directory(settings, of: folder, world: node.setup.world)
        let site = ConsoleSite(
            node: {
                let region = node.setup.region.current
                let known = region.node(node.context.node)
                return NodeFace(
                    id: node.context.node.rawValue, name: known?.name ?? node.context.node.rawValue,
                    tier: node.context.tier.rawValue, release: Release.version,
                    purposes: node.context.purposes,
                    nodeNames: Dictionary(
                        region.nodes.map { ($0.id.rawValue, $0.name) }, uniquingKeysWith: { first, _ in first }),
                    unitNames: Dictionary(
                        region.organizationUnits.map { ($0.id.rawValue, $0.name) },
                        uniquingKeysWith: { first, _ in first }))
            }, accounts: setup.accounts, directory: directory, endpoints: api.endpoints,
            services: ServicePageList.all, catalogue: .program,
            translating: { StatusWords.shown($0, in: $1) }, world: node.setup.world, logger: node.setup.logger)
        return try PageListener(
            settings, certificate: credentials.edge, doors: setup.doors, world: node.setup.world,
            logger: node.setup.logger, resolve: { folder.file.resolved($0) },
            onStop: { site.live.close() }, answering: { await site.respond(to: $0) })
    }

    /// Whose people may sign in at the console besides those with an account here, where the node's file has such.
    private static func directory(
        _ settings: ConsoleListener, of folder: NodeFolder, world: World
    ) throws -> HospitalDirectory? {
        guard let directory = settings.directory, let name = settings.name else { return nil }
        return try HospitalDirectory(
            directory, console: name, resolve: { folder.file.resolved($0) }, world: world)
    }
}

/// When the present certificate runs out; changes when another one is loaded.
final class CertificateExpiry: Sendable {
    private let state: Mutex<WallTime>

    init(_ time: WallTime) {
        state = Mutex(time)
    }

    var time: WallTime { state.withLock { $0 } }

    func set(_ time: WallTime) {
        state.withLock { $0 = time }
    }
}

import Console
import Effects
import Ledgers
import NodeRuntime
import Regions
import SQLiteStorage
import ServiceKit
import Trust

/// The data folder of a node that does not run.
struct StoppedNode {
    let dataFolder: String
    /// The node's yaml file, where it names its files otherwise than usual.
    let config: String?
    let world: World

    /// Verifies the ledger without starting the node; nothing is appended.
    ///
    /// - Throws: `node.running`, `node.unknown`; what opening the files throws.
    func verify() async throws -> LedgerCheckInfo {
        guard world.disk.exists(dataFolder + "/" + NodeFolder.ledgerName) else {
            throw Failure(
                "node.noLedger", "there is no ledger in this folder", place: dataFolder,
                remedy: "name the node's data folder with --data")
        }
        let lock = try DataFolderLock(folder: dataFolder)
        defer { withExtendedLifetime(lock) {} }
        let folder = NodeFolder(file: try file(), disk: world.disk)
        let registry = try folder.region(now: world.time.wallTime)
        let keys = try folder.ledgerKeys()
        let ids = Set(([keys.first] + keys.others).map(\.id.bytes))
        let store = try SQLiteStore(path: folder.ledgerPath, world: world) { _ in }
        let owner = registry.current.nodes.first { $0.ledgerKeys.contains { ids.contains($0.keyID) } }
        guard let owner else {
            throw Failure(
                "node.unknown", "the region configuration binds this ledger key to no node", place: folder.path,
                remedy: "bring a configuration that was published after `yilian cert issue`")
        }
        let ledger = try await Ledger.open(
            Ledger.Setup(
                node: owner.id, store: store, region: registry,
                keyring: LedgerKeyring(node: owner.id, keys: [keys.first] + keys.others, region: registry),
                projections: ServiceList.projections, world: world,
                owner: "\(registry.current.region)/\(owner.id)"))
        let verification = try await ledger.verify()
        try await store.close()
        return LedgerCheckInfo(verification)
    }

    private func file() throws -> NodeFile {
        if let config {
            let options = LaunchOptions(
                configFile: config, dataFolder: dataFolder, parents: [], linkListen: nil, addressesFile: nil)
            return try NodeLauncher.readFile(options, disk: world.disk)
        }
        return try NodeFile.read(
            "node: unknown\ndataFolder: \(Self.quoted(dataFolder))\n", fileName: "the defaults",
            sections: ServiceList.sections)
    }

    /// A text as YAML's double-quoted scalar.
    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

import Accounts
import Edge
import Effects
import Ledgers
import NodeRuntime
import Storage
import YilianTestKit

@testable import Console

/// The operator's side of a node of a region in a test.
enum OperatedNode {
    static func setup(_ node: TestNode) async throws -> ConsoleSetup {
        let node = try node.node
        return ConsoleSetup(
            node: node, dataFolder: "/tmp", processID: 1, certificateExpiry: { nil },
            addresses: {
                NodeAddresses(
                    node: node.context.node.rawValue, tier: node.context.tier.rawValue, processID: 1, health: "",
                    socket: "")
            },
            doors: DoorBoard(time: World.system.time, logger: node.setup.logger),
            refusals: { [] }, intake: try MessageIntake(node: node, logger: node.setup.logger).figures,
            accounts: try await AccountBook.open(
                store: node.setup.store, world: node.setup.world, cost: .init(logN: 2, blocks: 8, lanes: 1)),
            log: .init(level: { "info" }, setLevel: { _ in }, dropped: { 0 }, isDropping: { false }),
            backups: BackupStore(
                folder: "/tmp/yilian-no-backups", dataFolder: "/tmp/yilian-no-backups",
                driver: .init(
                    copy: { _ in throw Failure("test.noBackup", "nothing is backed up here") }, problems: { _ in [] })),
            importing: { _, _, _, _ in throw Failure("test.noImport", "nothing is imported here") })
    }
}

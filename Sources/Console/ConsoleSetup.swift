package import Accounts
package import Edge
package import Effects
package import NodeRuntime
import Regions

/// What the operator's side of a node works with.
package struct ConsoleSetup: Sendable {
    /// Takes a file in through the node's edges.
    ///
    /// - Parameters: the bytes, the format (`hl7v2` or `fhir`; none: by the look of it), the institution (none: the
    ///   node's only one), and whether to look only.
    package typealias Importing =
        @Sendable (
            _ bytes: [UInt8], _ format: String?, _ institution: String?, _ checkOnly: Bool
        ) async throws -> ImportInfo

    package var node: YilianNode
    package var processID: Int32
    /// When the node's TLS certificate runs out.
    package var certificateExpiry: @Sendable () -> WallTime?
    package var addresses: @Sendable () -> NodeAddresses
    package var importing: Importing
    /// The doors of the listeners.
    package var doors: DoorBoard
    /// What is left on the disk of the node's data; nil where nobody can say.
    package var freeDiskBytes: @Sendable () -> Int64?
    /// The messages that were refused since the node's start, the newest first.
    package var refusals: @Sendable () -> [MessageInfo]
    /// What became of messages since the node's start.
    package var intake: IntakeFigures
    /// Who may sign in at the console.
    package var accounts: AccountBook
    /// Where the node keeps everything.
    package var dataFolder: String
    /// From which level on the node logs.
    package var log: LogLevelSwitch
    /// The backups of the node.
    package var backups: BackupStore

    /// Reads and changes the level of a node's log, and says whether it is read.
    package struct LogLevelSwitch: Sendable {
        package var level: @Sendable () -> String
        /// Takes a level by its name until the node's file is read again; throws where there is none of that name.
        package var setLevel: @Sendable (String) throws -> Void

        /// How many lines of the log were dropped because nobody read them, and whether some are being dropped now.
        package var dropped: @Sendable () -> UInt64
        package var isDropping: @Sendable () -> Bool

        package init(
            level: @escaping @Sendable () -> String, setLevel: @escaping @Sendable (String) throws -> Void,
            dropped: @escaping @Sendable () -> UInt64, isDropping: @escaping @Sendable () -> Bool
        ) {
            self.level = level
            self.setLevel = setLevel
            self.dropped = dropped
            self.isDropping = isDropping
        }
    }

    package init(
        node: YilianNode, dataFolder: String, processID: Int32,
        certificateExpiry: @escaping @Sendable () -> WallTime?, addresses: @escaping @Sendable () -> NodeAddresses,
        doors: DoorBoard, refusals: @escaping @Sendable () -> [MessageInfo], intake: IntakeFigures,
        accounts: AccountBook, log: LogLevelSwitch, backups: BackupStore,
        importing: @escaping Importing
    ) {
        self.accounts = accounts
        self.log = log
        self.backups = backups
        self.dataFolder = dataFolder
        self.refusals = refusals
        self.intake = intake
        self.node = node
        self.doors = doors
        self.processID = processID
        self.certificateExpiry = certificateExpiry
        self.addresses = addresses
        self.importing = importing
        freeDiskBytes = { SystemDisk.freeBytes(at: dataFolder) }
    }
}

extension ConsoleSetup {
    var world: World { node.setup.world }
    var now: WallTime { world.time.wallTime }
    var region: RegionConfiguration { node.setup.region.current }

    /// Why a neighbour's link is not up; `nil` where it is.
    var linkReason: @Sendable (NodeID) -> String? {
        let hub = node.hub
        return { neighbour in
            let status = hub.status(of: neighbour)
            return status.state == .up ? nil : status.explanation
        }
    }
}

import Effects
import Foundation
import Ledgers
import NodeRuntime
import Regions
import Trust

/// The files of one node, opened and checked.
struct NodeFolder {
    let file: NodeFile
    let disk: any Disk

    /// Where the region configuration in force is kept for the next start, and the one that waits for its time.
    static let acceptedRegionName = "region.accepted"
    static let waitingRegionName = "region.waiting"
    static let ledgerName = "ledger.db"

    var path: String { file.dataFolder }
    var ledgerPath: String { path + "/" + Self.ledgerName }
    var acceptedRegionPath: String { path + "/" + Self.acceptedRegionName }
    var waitingRegionPath: String { path + "/" + Self.waitingRegionName }
    var operatorTokenPath: String { path + "/operator.token" }
    var addressesPath: String { path + "/addresses.json" }

    /// The region's configuration: the newest of the file that the operator gave and the copies that the node kept; one
    /// whose time has not come waits beside the one in force.
    ///
    /// - Throws: `disk.notFound` where there is neither; `region.badSignature` of the operator's file;
    ///   `region.keptUnusable` where a kept copy is damaged or contradicts that file. Nothing older is taken silently.
    func region(now: WallTime) throws -> RegionRegistry {
        let rootKey = try KeyFile.publicKey(at: file.resolved(file.rootKeyFile), disk: disk)
        let given = file.resolved(file.regionFile)
        let offered = disk.exists(given) ? try signed(given) : nil
        let registry: RegionRegistry
        let sections = ServiceList.sections.region
        if let kept = try kept(acceptedRegionPath, rootKey: rootKey, now: now) {
            registry = RegionRegistry(rootKey: rootKey, initial: kept, sections: sections)
            if let offered { try add(offered, to: registry, now: now) }
        } else if let offered {
            registry = try RegionRegistry(
                rootKey: rootKey, initial: offered, sections: ServiceList.sections.region, now: now)
        } else {
            throw Failure(
                "region.missing", "there is no region configuration", place: given,
                remedy: "bring the file that `yilian region publish` wrote")
        }
        if let waiting = try kept(waitingRegionPath, rootKey: rootKey, now: now),
            waiting.configuration.version > registry.newestVersion
        {
            do { try registry.accept(waiting, now: now) } catch { throw keptRegionFailure(error, waitingRegionPath) }
        }
        return registry
    }

    /// The operator's file may be the newer one; an older one is no fault, and the same version must be the same.
    private func add(_ offered: SignedRegionConfiguration, to registry: RegionRegistry, now: WallTime) throws {
        let offered = try registry.check(offered, now: now)
        let version = offered.configuration.version
        if version == registry.version {
            do { try registry.accept(offered, now: now) } catch { throw keptRegionFailure(error, acceptedRegionPath) }
        } else if version > registry.version {
            try registry.accept(offered, now: now)
        }
    }

    private func kept(_ path: String, rootKey: PublicKey, now: WallTime) throws -> RegionRegistry.Checked? {
        guard disk.exists(path) else { return nil }
        do {
            return try RegionRegistry.check(
                try signed(path), rootKey: rootKey, sections: ServiceList.sections.region, now: now)
        } catch {
            throw keptRegionFailure(error, path)
        }
    }

    /// Keeps what the node goes by: the operator's file may be another one at the next start.
    func keep(_ registry: RegionRegistry) throws {
        try saveRegion(registry.signed)
        try saveWaitingRegion(registry.waiting == nil ? nil : registry.newest)
    }

    /// Why the node does not start with the operator's file instead: that one may be older, and a node that was revoked
    /// since would be let in again.
    private func keptRegionFailure(_ error: any Error, _ path: String) -> Failure {
        let cause = (error as? Failure).map { "\($0.message) [\($0.code)]" } ?? "it is malformed"
        return Failure(
            "region.keptUnusable", "the region configuration that this node kept cannot be used: \(cause)",
            place: path,
            remedy: "bring the newest file that `yilian region publish` wrote as \(file.resolved(file.regionFile)), "
                + "move this one away, and start again")
    }

    private func signed(_ path: String) throws -> SignedRegionConfiguration {
        let bytes = try disk.read(path)
        return try Failure.naming(path) { try SignedRegionConfiguration(wireBytes: bytes) }
    }

    func saveRegion(_ signed: SignedRegionConfiguration) throws {
        try disk.write(try signed.wireBytes(), to: acceptedRegionPath, mode: 0o644)
    }

    func saveWaitingRegion(_ signed: SignedRegionConfiguration?) throws {
        if let signed {
            try disk.write(try signed.wireBytes(), to: waitingRegionPath, mode: 0o644)
        } else if disk.exists(waitingRegionPath) {
            try disk.remove(waitingRegionPath)
        }
    }

    /// Removes what a process left behind that died while it was writing a file.
    func removeTemporaries() throws {
        for name in try disk.list(path) where name.hasSuffix(SystemDisk.temporarySuffix) {
            try disk.remove(path + "/" + name)
        }
    }

    /// The key of `ledger.key`, and those of every `ledger-ID.key` beside it: around a change-over both are needed.
    func ledgerKeys() throws -> (first: SigningKey, others: [SigningKey]) {
        let others = try disk.list(path).filter { $0.hasPrefix("ledger-") && $0.hasSuffix(".key") }
        return (
            try KeyFile.signingKey(at: path + "/ledger.key", disk: disk),
            try others.map { try KeyFile.signingKey(at: path + "/" + $0, disk: disk) }
        )
    }

    /// Holds the keys of this folder against the region.
    func keyCheck(_ configuration: RegionConfiguration) -> NodeKeyCheck {
        NodeKeyCheck(node: file.node, configuration: configuration, folder: path + "/")
    }

    /// Whether the folder is its owner's alone to write in: whoever may write here can put other keys and another ledger
    /// in the place of the node's.
    ///
    /// - Throws: `node.openFolder`.
    func checkMode() throws {
        let mode = try disk.mode(path)
        guard mode & 0o022 == 0 else {
            let octal = String(mode, radix: 8)
            throw Failure(
                "node.openFolder", "others than its owner may write in the data folder (mode \(octal))",
                place: path, remedy: "run `chmod 700 \(path)`, and think about who may have changed what")
        }
    }

    func boxKey() throws -> BoxKey {
        try KeyFile.boxKey(at: path + "/box.key", disk: disk)
    }

    /// The operators' token; made at the first start, for the node's user alone.
    func operatorToken(random: any RandomSource) throws -> String {
        if !disk.exists(operatorTokenPath) {
            try disk.write(Hex.text(random.bytes(32)) + "\n", to: operatorTokenPath, mode: PrivateFile.mode)
        }
        return try PrivateFile.read(operatorTokenPath, disk: disk).filter { !$0.isWhitespace }
    }
}

import Effects
import Foundation
import Ledgers
import Regions
import Trust

/// The files of one node, opened and checked.
struct NodeFolder {
    let file: NodeFile
    let disk: any Disk

    /// Where an accepted region configuration is kept for the next start.
    static let acceptedRegionName = "region.accepted"
    static let ledgerName = "ledger.db"

    var path: String { file.dataFolder }
    var ledgerPath: String { path + "/" + Self.ledgerName }
    var acceptedRegionPath: String { path + "/" + Self.acceptedRegionName }
    var operatorTokenPath: String { path + "/operator.token" }
    var addressesPath: String { path + "/addresses.json" }

    /// The region's configuration: the newest of the file that the operator gave and the copy that the node kept.
    ///
    /// - Throws: `disk.notFound` where there is neither; `region.badSignature` of the operator's file;
    ///   `region.keptUnusable` where the kept copy is damaged or contradicts that file. Nothing older is taken silently.
    func region(now: WallTime) throws -> RegionRegistry {
        let rootKey = try KeyFile.publicKey(at: file.resolved(file.rootKeyFile), disk: disk)
        let given = file.resolved(file.regionFile)
        var registry: RegionRegistry?
        if disk.exists(given) {
            registry = try RegionRegistry(rootKey: rootKey, initial: try signed(given), now: now)
        }
        if disk.exists(acceptedRegionPath) {
            do {
                let kept = try signed(acceptedRegionPath)
                if let registry {
                    // The operator's file may be the newer one.
                    if try registry.current.version <= kept.configuration().version {
                        try registry.accept(kept, now: now)
                    }
                } else {
                    registry = try RegionRegistry(rootKey: rootKey, initial: kept, now: now)
                }
            } catch {
                throw keptRegionFailure(error)
            }
        }
        guard let registry else {
            throw Failure(
                "region.missing", "there is no region configuration", place: given,
                remedy: "bring the file that `yilian region publish` wrote")
        }
        return registry
    }

    /// Why the node does not start with the operator's file instead: that one may be older, and a node that was revoked
    /// since would be let in again.
    private func keptRegionFailure(_ error: any Error) -> Failure {
        let cause = (error as? Failure).map { "\($0.message) [\($0.code)]" } ?? "it is malformed"
        return Failure(
            "region.keptUnusable", "the region configuration that this node kept cannot be used: \(cause)",
            place: acceptedRegionPath,
            remedy: "bring the newest file that `yilian region publish` wrote as \(file.resolved(file.regionFile)), "
                + "move this one away, and start again")
    }

    private func signed(_ path: String) throws -> SignedRegionConfiguration {
        try SignedRegionConfiguration(wireBytes: try disk.read(path))
    }

    func saveRegion(_ signed: SignedRegionConfiguration) throws {
        try disk.write(try signed.wireBytes(), to: acceptedRegionPath, mode: 0o644)
    }

    func ledgerKey() throws -> SigningKey {
        try KeyFile.signingKey(at: path + "/ledger.key", disk: disk)
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

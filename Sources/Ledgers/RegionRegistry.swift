package import Effects
package import Regions
import Synchronization
package import Trust

/// The region configuration that is in force at this node, and everything that is looked up in it.
///
/// A configuration certifies itself by the root key's signature, so it may come from any link or file. A lower version
/// is refused. Whatever depends on the configuration asks here each time, so a change works without a restart.
package final class RegionRegistry: RegionView {
    private struct State {
        var signed: SignedRegionConfiguration
        var configuration: RegionConfiguration
        var keys: [NodeID: [KeyID: (record: LedgerKeyRecord, key: PublicKey)]]
        /// The tree of one span of time in which no edge begins or ends.
        var tree: (from: WallTime, to: WallTime, tree: ManagementTree)?
        var acceptedAt: WallTime
    }

    package let rootKey: PublicKey
    private let state: Mutex<State>
    private let observers = Mutex<[@Sendable (RegionConfiguration) -> Void]>([])

    private static let signatureContext = Array("yilian region configuration 1\n".utf8)

    /// Starts with a configuration whose signature holds.
    ///
    /// - Throws: `region.badSignature`, `region.badBytes`, or what the configuration's own check says.
    package init(rootKey: PublicKey, initial: SignedRegionConfiguration, now: WallTime) throws {
        self.rootKey = rootKey
        state = Mutex(try Self.state(of: initial, rootKey: rootKey, now: now))
    }

    /// Signs a configuration with the region's root key.
    package static func sign(_ configuration: RegionConfiguration, with key: SigningKey) throws
        -> SignedRegionConfiguration
    {
        let bytes = try configuration.wireBytes()
        return SignedRegionConfiguration(
            configurationBytes: bytes, keyID: key.id.bytes, signature: try key.sign(signatureContext + bytes))
    }

    /// Checks a configuration's signature and reads it.
    package static func open(_ signed: SignedRegionConfiguration, rootKey: PublicKey) throws -> RegionConfiguration {
        guard
            rootKey.verify(
                signature: signed.signature, message: signatureContext + signed.configurationBytes)
        else {
            throw Failure(
                "region.badSignature", "the region's root key did not sign this configuration",
                remedy: "take a file that `yilian region publish` of this region wrote")
        }
        return try signed.configuration()
    }

    package var current: RegionConfiguration { state.withLock { $0.configuration } }
    package var signed: SignedRegionConfiguration { state.withLock { $0.signed } }
    package var version: UInt64 { current.version }
    package var suite: Suite { rootKey.suite }
    /// When this node took the configuration; a configuration goes on counting however old it is, and its age is shown.
    package var acceptedAt: WallTime { state.withLock { $0.acceptedAt } }

    /// Whether `accept` would put a configuration in the place of the one in force; throws what it would throw.
    package func isNews(_ signed: SignedRegionConfiguration, now: WallTime) throws -> Bool {
        let next = try Self.state(of: signed, rootKey: rootKey, now: now)
        return try current.isReplaced(by: next.configuration)
    }

    /// Takes a configuration in the place of the one in force.
    ///
    /// - Returns: whether it is another one; observers have been told then.
    /// - Throws: `region.badSignature`, `region.rollback`, `region.sameVersion`, `region.otherRegion`.
    @discardableResult
    package func accept(_ signed: SignedRegionConfiguration, now: WallTime) throws -> Bool {
        let next = try Self.state(of: signed, rootKey: rootKey, now: now)
        let isNew = try state.withLock { state in
            guard try state.configuration.isReplaced(by: next.configuration) else { return false }
            state = next
            return true
        }
        if isNew {
            for observer in observers.withLock({ $0 }) { observer(next.configuration) }
        }
        return isNew
    }

    /// Calls `observer` after each change.
    package func observe(_ observer: @escaping @Sendable (RegionConfiguration) -> Void) {
        observers.withLock { $0.append(observer) }
    }

    package func ledgerKey(of node: NodeID, id: KeyID, at time: WallTime) -> PublicKey? {
        state.withLock { state in
            guard let entry = state.keys[node]?[id], entry.record.isValid(at: time) else { return nil }
            return entry.key
        }
    }

    package func tree(at time: WallTime) -> ManagementTree {
        state.withLock { state in
            if let cached = state.tree, cached.from <= time, time < cached.to { return cached.tree }
            let borders = state.configuration.management.flatMap { [$0.from] + ($0.to.map { [$0] } ?? []) }
            let from = borders.filter { $0 <= time }.max() ?? WallTime(milliseconds: .min)
            let to = borders.filter { $0 > time }.min() ?? WallTime(milliseconds: .max)
            let tree = ManagementTree(state.configuration, at: time)
            state.tree = (from, to, tree)
            return tree
        }
    }

    private static func state(
        of signed: SignedRegionConfiguration, rootKey: PublicKey, now: WallTime
    ) throws -> State {
        let configuration = try Self.open(signed, rootKey: rootKey)
        guard configuration.suite == rootKey.suite.id.rawValue else {
            throw Failure(
                "region.otherSuite", "the configuration names another suite than the region's root key has",
                remedy: "a region keeps its suite for ever; correct 'suite' in region.yaml")
        }
        var keys: [NodeID: [KeyID: (record: LedgerKeyRecord, key: PublicKey)]] = [:]
        for node in configuration.nodes {
            for record in node.ledgerKeys {
                let key = try PublicKey(suite: rootKey.suite, bytes: record.publicKey)
                keys[node.id, default: [:]][key.id] = (record, key)
            }
        }
        return State(signed: signed, configuration: configuration, keys: keys, tree: nil, acceptedAt: now)
    }
}

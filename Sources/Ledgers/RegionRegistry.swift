package import Effects
package import Regions
import Synchronization
package import Trust

/// The region configuration that is in force at this node, and everything that is looked up in it.
///
/// A configuration certifies itself by the root key's signature, so it may come from any link or file. A lower version
/// is refused. One whose `validFrom` lies ahead waits until then, and a higher version takes its place; its revocations
/// hold at once. Whatever depends on the configuration asks here each time, so a change works without a restart.
package final class RegionRegistry: RegionView {
    /// What becomes of a configuration that a node is given.
    package enum Acceptance: Sendable, Equatable {
        /// It is the one in force, or the one that waits.
        case known
        case inForce
        case waits
    }

    /// A configuration whose signature holds.
    fileprivate struct Held {
        var signed: SignedRegionConfiguration
        var configuration: RegionConfiguration
        var keys: [NodeID: [KeyID: (record: LedgerKeyRecord, key: PublicKey)]]
        var deliveries: DeliveryTable
        var acceptedAt: WallTime
    }

    /// A configuration that was read, once, and whose signature holds; nobody goes by it yet.
    package struct Checked: Sendable {
        fileprivate let held: Held

        package var signed: SignedRegionConfiguration { held.signed }
        package var configuration: RegionConfiguration { held.configuration }
    }

    private struct State {
        var current: Held
        var waiting: Held?
        /// The tree of one span of time in which no edge begins or ends.
        var tree: (from: WallTime, to: WallTime, tree: ManagementTree)?
    }

    package let rootKey: PublicKey
    /// The sections of services that are read of every configuration.
    private let sections: [any RegionSection.Type]
    private let state: Mutex<State>
    private let observers = Mutex<[@Sendable (RegionConfiguration) -> Void]>([])

    private static let signatureContext = Array("yilian region configuration 1\n".utf8)

    /// Starts with a configuration whose signature holds; it is in force at once, because there is no other.
    ///
    /// - Throws: `region.badSignature`, `region.badBytes`, or what the configuration's own check says.
    package convenience init(
        rootKey: PublicKey, initial: SignedRegionConfiguration, sections: [any RegionSection.Type], now: WallTime
    ) throws {
        self.init(
            rootKey: rootKey, initial: try Self.check(initial, rootKey: rootKey, sections: sections, now: now),
            sections: sections)
    }

    package init(rootKey: PublicKey, initial: Checked, sections: [any RegionSection.Type]) {
        self.rootKey = rootKey
        self.sections = sections
        state = Mutex(State(current: initial.held))
    }

    /// Reads a configuration and checks it and its signature, for `judge` and `accept`.
    ///
    /// - Throws: `region.badSignature`, `region.badBytes`, `region.otherSuite`, or what the configuration's own check says.
    package static func check(
        _ signed: SignedRegionConfiguration, rootKey: PublicKey, sections: [any RegionSection.Type], now: WallTime
    ) throws -> Checked {
        Checked(
            held: try held(signed, try Self.open(signed, rootKey: rootKey, sections: sections), rootKey, now: now))
    }

    package func check(_ signed: SignedRegionConfiguration, now: WallTime) throws -> Checked {
        try Self.check(signed, rootKey: rootKey, sections: sections, now: now)
    }

    /// Signs a configuration with the region's root key; nothing is signed that no node could read.
    ///
    /// - Throws: what reading it throws.
    package static func sign(_ configuration: RegionConfiguration, with key: SigningKey) throws
        -> SignedRegionConfiguration
    {
        let bytes = try configuration.wireBytes()
        _ = try RegionConfiguration(wireBytes: bytes, sections: configuration.sections.types)
        return SignedRegionConfiguration(
            configurationBytes: bytes, keyID: key.id.bytes, signature: try key.sign(signatureContext + bytes))
    }

    /// Checks a configuration's signature and reads it.
    ///
    /// - Parameter sections: those that are read; others are carried.
    package static func open(
        _ signed: SignedRegionConfiguration, rootKey: PublicKey, sections: [any RegionSection.Type]
    ) throws -> RegionConfiguration {
        guard
            rootKey.verify(
                signature: signed.signature, message: signatureContext + signed.configurationBytes)
        else {
            throw Failure(
                "region.badSignature", "the region's root key did not sign this configuration",
                remedy: "take a file that `yilian region publish` of this region wrote")
        }
        return try signed.configuration(reading: sections)
    }

    package var current: RegionConfiguration { state.withLock { $0.current.configuration } }
    package var signed: SignedRegionConfiguration { state.withLock { $0.current.signed } }
    /// The version in force.
    package var version: UInt64 { current.version }
    package var deliveries: DeliveryTable { state.withLock { $0.current.deliveries } }
    package var suite: Suite { rootKey.suite }
    /// When this node took the configuration; a configuration goes on counting however old it is, and its age is shown.
    package var acceptedAt: WallTime { state.withLock { $0.current.acceptedAt } }
    /// The configuration that waits for its time.
    package var waiting: RegionConfiguration? { state.withLock { $0.waiting?.configuration } }
    /// The newest that this node holds, in force or not: what it offers its neighbours.
    package var newest: SignedRegionConfiguration { state.withLock { ($0.waiting ?? $0.current).signed } }
    package var newestVersion: UInt64 { state.withLock { ($0.waiting ?? $0.current).configuration.version } }

    /// What was revoked, by the configuration in force and by the one that waits.
    package var revokedCertificates: [RevokedCertificate] {
        state.withLock { state in
            state.current.configuration.revokedCertificates + (state.waiting?.configuration.revokedCertificates ?? [])
        }
    }

    /// What `accept` would do with a configuration; throws what it would throw.
    package func judge(_ checked: Checked, now: WallTime) throws -> Acceptance {
        try state.withLock { try Self.judge(checked.held, in: $0, now: now) }
    }

    /// Takes a configuration: into force, or to wait for its time.
    ///
    /// - Returns: what became of it; where it was not known before, observers have been told.
    /// - Throws: `region.badSignature`, `region.rollback`, `region.sameVersion`, `region.otherRegion`,
    ///   `region.epochLost`, `region.epochChanged`.
    @discardableResult
    package func accept(_ signed: SignedRegionConfiguration, now: WallTime) throws -> Acceptance {
        try accept(try check(signed, now: now), now: now)
    }

    @discardableResult
    package func accept(_ checked: Checked, now: WallTime) throws -> Acceptance {
        let next = checked.held
        let acceptance = try state.withLock { state in
            let acceptance = try Self.judge(next, in: state, now: now)
            switch acceptance {
            case .known: break
            case .waits: state.waiting = next
            case .inForce: Self.put(next, inForceIn: &state)
            }
            return acceptance
        }
        if acceptance != .known { tell(next.configuration) }
        return acceptance
    }

    /// Puts the configuration that waits into force, where its time has come.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    package func advance(to now: WallTime) -> Bool {
        let due = state.withLock { state -> RegionConfiguration? in
            guard var waiting = state.waiting, waiting.configuration.validFrom <= now else { return nil }
            waiting.acceptedAt = now
            Self.put(waiting, inForceIn: &state)
            return waiting.configuration
        }
        if let due { tell(due) }
        return due != nil
    }

    private static func put(_ next: Held, inForceIn state: inout State) {
        state.current = next
        state.tree = nil
        if let waiting = state.waiting, waiting.configuration.version <= next.configuration.version {
            state.waiting = nil
        }
    }

    private static func judge(_ next: Held, in state: State, now: WallTime) throws -> Acceptance {
        let isDue = next.configuration.validFrom <= now
        guard try state.current.configuration.isReplaced(by: next.configuration) else { return .known }
        guard let waiting = state.waiting else { return isDue ? .inForce : .waits }
        if isDue, next.configuration.version < waiting.configuration.version {
            // It comes late, and what waits takes its place in turn.
            _ = try next.configuration.isReplaced(by: waiting.configuration)
            return .inForce
        }
        guard try waiting.configuration.isReplaced(by: next.configuration) else { return .known }
        return isDue ? .inForce : .waits
    }

    private func tell(_ configuration: RegionConfiguration) {
        for observer in observers.withLock({ $0 }) { observer(configuration) }
    }

    /// Calls `observer` after each change: of what is in force, and of what waits.
    package func observe(_ observer: @escaping @Sendable (RegionConfiguration) -> Void) {
        observers.withLock { $0.append(observer) }
    }

    package func configuration(signedAs bytes: [UInt8]) throws -> RegionConfiguration {
        let signed = try SignedRegionConfiguration(wireBytes: bytes)
        return try known(signed) ?? Self.open(signed, rootKey: rootKey, sections: sections)
    }

    /// What a configuration says that is, byte for byte, one of those here: it was checked when it came.
    package func known(_ signed: SignedRegionConfiguration) -> RegionConfiguration? {
        state.withLock { state in
            [state.current, state.waiting].compactMap { $0 }.first { $0.signed == signed }?.configuration
        }
    }

    package func ledgerKey(of node: NodeID, id: KeyID, at time: WallTime) -> PublicKey? {
        state.withLock { state in
            guard let entry = state.current.keys[node]?[id], entry.record.isValid(at: time) else { return nil }
            return entry.key
        }
    }

    package func ledgerKeyRecord(of node: NodeID, id: KeyID) -> LedgerKeyRecord? {
        state.withLock { $0.current.keys[node]?[id]?.record }
    }

    package func tree(at time: WallTime) -> ManagementTree {
        state.withLock { state in
            if let cached = state.tree, cached.from <= time, time < cached.to { return cached.tree }
            let configuration = state.current.configuration
            let borders =
                configuration.management.flatMap { [$0.from] + ($0.to.map { [$0] } ?? []) }
                + configuration.nodes.flatMap { [$0.from, $0.to].compactMap { $0 } }
            let from = borders.filter { $0 <= time }.max() ?? WallTime(milliseconds: .min)
            let to = borders.filter { $0 > time }.min() ?? WallTime(milliseconds: .max)
            let tree = ManagementTree(configuration, at: time)
            state.tree = (from, to, tree)
            return tree
        }
    }

    private static func held(
        _ signed: SignedRegionConfiguration, _ configuration: RegionConfiguration, _ rootKey: PublicKey, now: WallTime
    ) throws -> Held {
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
        return Held(
            signed: signed, configuration: configuration, keys: keys, deliveries: DeliveryTable(configuration),
            acceptedAt: now)
    }
}

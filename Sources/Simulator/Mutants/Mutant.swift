import Effects
import Ledgers
import NodeRuntime

/// A mistake of ours that the checkers must find, made from outside at a node's seams: its disk, its store, its clock,
/// its configuration's keeping.
///
/// No product code knows of them.
package enum Mutant: String, CaseIterable, Sendable {
    /// What is acknowledged is on the disk half a minute later.
    case acknowledgeBeforeCommit
    /// The watermark moves and the batch is not there.
    case watermarkWithoutBatch
    /// A batch goes out as it lies here, with what its audience excludes.
    case audienceSkipped
    /// What an entry means is written twice.
    case foldedTwice
    /// A home does not see that an attempt has been claimed.
    case claimWithoutCheck
    /// The write-ahead log is synchronised at checkpoints only.
    case normalSynchronisation
    /// A node starts with the configuration that it had at first.
    case lowerConfiguration
    /// A node begins every life with the same clock and the same random numbers.
    case reusedIdentity
    /// Whoever has sealed an entry is taken at its word.
    case authorNotAsked
    /// What others submitted is added up in 32 bits.
    case sumWraps
    /// What waits for a neighbour is taken from the first page again and again.
    case pageStays
    /// A node hides from those below what it has of theirs: what their disks lost is not given back.
    case notGivenBack
    /// A home does not see what is due.
    case clockStopped

    var synchronising: SimulatedVolume.Synchronising? {
        switch self {
        case .acknowledgeBeforeCommit: .late
        case .normalSynchronisation: .onlyAtCheckpoints
        default: nil
        }
    }

    /// The faults that come again and again once each kind has come: those in which the mistake shows, where others hardly
    /// ever let it show.
    var weather: [FaultKind]? {
        switch self {
        case .acknowledgeBeforeCommit, .normalSynchronisation: [.powerCut, .killAtAnyStep]
        default: nil
        }
    }

    /// The node's setup with the mistake in it.
    func changing(_ setup: NodeSetup, of node: SimulatedNode, shared: SharedSimulation) throws -> NodeSetup {
        var setup = setup
        let random = shared.scheduler.random
        switch self {
        case .acknowledgeBeforeCommit, .normalSynchronisation:
            break
        case .watermarkWithoutBatch:
            setup.store = TamperedStore(inner: setup.store, tamper: BatchDropper(random: random))
        case .audienceSkipped:
            setup.audienceRule = AudienceRule { _, _, _, _ in true }
        case .foldedTwice, .claimWithoutCheck, .sumWraps, .clockStopped:
            let tampers = shared.plays.lazy.compactMap { type(of: $0).tamper(self, random: random) }
            guard let tamper = tampers.first else {
                throw Failure(
                    "simulate.badPlan", "no service of this simulation can make the mistake '\(rawValue)'",
                    remedy: "run it with the services that a node has")
            }
            setup.store = TamperedStore(inner: setup.store, tamper: tamper)
        case .authorNotAsked:
            setup.projections = ProjectionSet(setup.projections.projections.map(Unruled.init))
        case .pageStays:
            setup.store = TamperedStore(inner: setup.store, tamper: FirstPage())
        case .notGivenBack:
            setup.store = TamperedStore(
                inner: setup.store, tamper: ChainHider(authors: Set(shared.region.children(of: node.id))))
        case .lowerConfiguration:
            let now = setup.world.time.wallTime
            setup.region = try RegionRegistry(
                rootKey: shared.region.rootKey.publicKey, initial: shared.firstConfiguration,
                sections: shared.sections, now: now)
        case .reusedIdentity:
            let time = setup.world.time
            setup.world.time = BootClock(
                inner: time, boot: shared.region.start, until: time.monotonicTime.advanced(byMilliseconds: 500))
            setup.world.random = SeededRandom(seed: UInt64(node.id.rawValue.utf8.reduce(0) { $0 &* 31 &+ Int($1) }))
        }
        return setup
    }
}

package import Doors
package import Effects
package import Logging
import NIOCore
import NIOPosix
import Regions
import Synchronization

/// What one listener lets in, and for how long.
package struct ListenerLimits: Sendable {
    package var caps: Door.Caps
    package var deadlines: DoorDeadlines

    /// HTTPS: proven is whose request carried a token.
    package static let https = ListenerLimits(
        caps: Door.Caps(
            proven: Limits.httpsConnections, unproven: Limits.httpsUnproven, unprovenPerAddress: Limits.httpsUnproven,
            perIdentity: Limits.httpsPerIdentity, graceMilliseconds: Limits.unprovenGraceMilliseconds),
        deadlines: DoorDeadlines(
            tlsMilliseconds: Limits.tlsMilliseconds, proofMilliseconds: Limits.httpsProofMilliseconds,
            messageMilliseconds: Limits.httpsBodyMilliseconds, answerMilliseconds: Limits.answerMilliseconds,
            idleMilliseconds: Limits.httpsIdleMilliseconds))

    /// MLLP: proven is who showed a client's certificate, or whose first message was taken.
    package static let mllp = ListenerLimits(
        caps: Door.Caps(
            proven: Limits.mllpConnections, unproven: Limits.mllpUnproven, unprovenPerAddress: Limits.mllpUnproven,
            perIdentity: Limits.mllpConnections, graceMilliseconds: Limits.unprovenGraceMilliseconds),
        deadlines: DoorDeadlines(
            tlsMilliseconds: Limits.tlsMilliseconds, proofMilliseconds: Limits.mllpProofMilliseconds,
            messageMilliseconds: Limits.mllpFrameMilliseconds, answerMilliseconds: Limits.answerMilliseconds,
            idleMilliseconds: Limits.mllpIdleMilliseconds))

    /// DICOM's own protocol: proven is who was granted an association.
    package static let dimse = ListenerLimits(
        caps: Door.Caps(
            proven: Limits.dimseConnections, unproven: Limits.dimseConnections,
            unprovenPerAddress: Limits.dimseConnections, perIdentity: Limits.dimseConnections,
            graceMilliseconds: Limits.unprovenGraceMilliseconds),
        deadlines: DoorDeadlines(
            tlsMilliseconds: Limits.tlsMilliseconds, proofMilliseconds: Limits.dimseProofMilliseconds,
            messageMilliseconds: Limits.dimseMessageMilliseconds, answerMilliseconds: Limits.answerMilliseconds,
            idleMilliseconds: Limits.dimseIdleMilliseconds))

    /// Health: nobody proves anything, and the oldest makes room at once.
    package static let health = ListenerLimits(
        caps: Door.Caps(
            proven: 1, unproven: healthConnections, unprovenPerAddress: healthConnections, perIdentity: 1,
            graceMilliseconds: 0),
        deadlines: DoorDeadlines(
            tlsMilliseconds: Limits.tlsMilliseconds, proofMilliseconds: Limits.healthProofMilliseconds,
            messageMilliseconds: Limits.healthProofMilliseconds, answerMilliseconds: Limits.healthAnswerMilliseconds,
            idleMilliseconds: Limits.healthProofMilliseconds))

    /// Less than others leave it of the process's descriptors.
    private static let healthConnections = min(Limits.healthConnections, max(4, ProcessResources.descriptors() / 8))

    /// The operator's socket: who may open the file has proved itself by that.
    package static let socket = ListenerLimits(
        caps: Door.Caps(
            proven: Limits.socketConnections, unproven: Limits.socketConnections,
            unprovenPerAddress: Limits.socketConnections, perIdentity: Limits.socketConnections,
            graceMilliseconds: Limits.unprovenGraceMilliseconds),
        deadlines: ListenerLimits.https.deadlines)
}

/// The door of one listener, with the deadlines of its connections, its log and its share of the bytes that all listeners
/// hold.
package final class ListenerDoor: Sendable {
    /// For metrics, such as `https` or `mllp_1`.
    package let name: String
    package let door: Door
    let deadlines: DoorDeadlines
    let budget: ByteBudget
    let time: any TimeSource
    let wrongTokens: WrongTokens
    /// Whether it shares the process's descriptors with other doors.
    let hasHouse: Bool
    private let log: RefusalLog
    private let owner: String?

    /// - Parameters:
    ///   - owner: who everybody is that gets in at all; nil where each has to prove it.
    ///   - house: nil for a listener that answers also when the process has hardly a descriptor left.
    init(
        _ name: String, _ limits: ListenerLimits, budget: ByteBudget, time: any TimeSource, logger: Logger,
        owner: String? = nil, house: DoorHouse? = .process
    ) {
        self.name = name
        self.budget = budget
        self.time = time
        self.owner = owner
        hasHouse = house != nil
        deadlines = limits.deadlines
        door = Door(time: time, caps: limits.caps, house: house)
        var logger = logger
        logger[metadataKey: "listener"] = "\(name)"
        log = RefusalLog("a connection was refused or ended", logger: logger, time: time)
        wrongTokens = WrongTokens(time: time)
        door.onQuiet { Self.giveMemoryBack() }
        door.onRefusal { [log] refusal, host in log.note(RefusalLog.Refusal(refusal.label, address: host)) }
    }

    /// Refusals and early ends since the start, by label.
    package var refusals: [String: Int] { log.counts }

    /// Lets a new channel in, on its loop and before anything is done for it.
    ///
    /// - Throws: why not; the channel is being closed then.
    func enter(_ channel: any Channel, phase: DoorPhase) throws -> Visit {
        let host = IPAddress.origin(of: channel.remoteAddress?.ipAddress)
        guard let permit = door.admit(from: host) else { throw refuse(channel, .tooManyUnproven(0)) }
        let visit = Visit(channel: channel, address: host, permit: permit, listener: self, phase: phase)
        if let owner, !visit.prove(owner) { throw refuse(channel, .full(door.caps.proven)) }
        return visit
    }

    /// A while after a wave of strangers has gone, what it took goes back to the operating system: a connection leaves its
    /// place before all that it held is freed.
    private static func giveMemoryBack() {
        MultiThreadedEventLoopGroup.singleton.next().scheduleTask(in: .milliseconds(settleMilliseconds)) {
            NIOThreadPool.singleton.submit { _ in ProcessMemory.giveBack() }
        }
    }

    private static let settleMilliseconds: Int64 = 3_000

    private func refuse(_ channel: any Channel, _ refusal: DoorRefusal) -> DoorRefusal {
        // Whoever set the channel up does not close it.
        channel.close(promise: nil)
        return refusal
    }

    /// Notes, now and then in the log, that a connection was refused or ended before its time.
    func note(_ label: String, address: String, metadata: Logger.Metadata = [:]) {
        log.note(RefusalLog.Refusal(label, address: address, metadata: metadata))
    }
}

/// The doors of all listeners of a node but that of its links, and the bytes that they hold together.
package final class DoorBoard: Sendable {
    package let budget: ByteBudget
    private let time: any TimeSource
    private let logger: Logger
    private let doors = Mutex<[ListenerDoor]>([])

    package init(time: any TimeSource, logger: Logger, budgetBytes: Int = Limits.listenerBytes) {
        self.time = time
        self.logger = logger
        budget = ByteBudget(limitBytes: budgetBytes, time: time)
    }

    /// Those that were made, in that order.
    package var all: [ListenerDoor] { doors.withLock { $0 } }

    /// Makes a listener's door.
    package func door(
        _ name: String, _ limits: ListenerLimits, owner: String? = nil, house: DoorHouse? = .process
    ) -> ListenerDoor {
        let door = ListenerDoor(
            name, limits, budget: budget, time: time, logger: logger, owner: owner, house: house)
        doors.withLock { $0.append(door) }
        return door
    }
}

/// What links may take of a node: time, connections and memory, in one place.
///
/// A link holds at most ``linkBytes``:
///
/// | what | how much |
/// |---|---|
/// | messages on their way in: 3 lanes, calls and answers apart, `laneWindowBytes` each | 6 × 8.125 MiB = 48.75 MiB |
/// | messages on their way out: 3 lanes, calls and answers apart, `laneQueueBytes` each | 6 × 16 MiB = 96 MiB |
/// | `messageOverheadBytes` for each of them: 3 lanes × 4,352 messages × 128 bytes | 1.59 MiB |
/// | what is not counted one by one: `linkBufferBytes` | 1 MiB |
///
/// A node holds at most ``nodeLinkBytes``, because its links share `linksMessageBytes`, whatever each of them may:
///
/// | what | how much |
/// |---|---|
/// | messages of all links together: `linksMessageBytes` | 128 MiB |
/// | buffers of `links` | 256 × 1 MiB = 256 MiB |
/// | handshakes: `halfOpenLinks` with `halfOpenLinkBytes` each | 256 × 0.25 MiB = 64 MiB |
///
/// Buffers reach their bound only where every neighbour sends the longest frames and takes nothing; a quiet link has
/// some 60 KiB. What the kernel buffers for sockets is not in here.
extension Limits {
    // Time
    package static let handshakeMilliseconds: Int64 = 10_000
    package static let heartbeatMilliseconds: Int64 = 5_000
    /// A link on which no whole frame arrived for this long is closed.
    package static let idleLinkMilliseconds: Int64 = 20_000
    /// What a peer must send at least, over `leastPaceMilliseconds`, while it owes the rest of a message.
    package static let leastLinkBytesPerSecond = 512
    package static let leastPaceMilliseconds: Int64 = 20_000
    package static let reconnectFirstMilliseconds: Int64 = 200
    package static let reconnectCapMilliseconds: Int64 = 15_000

    // Connections that come in
    /// Handshakes under way at a time.
    package static let halfOpenLinks = 256
    /// The same from one address, behind which a whole county and strangers may be: the oldest makes room for the next.
    package static let halfOpenLinksPerAddress = 192
    /// How old a handshake must be before it makes room for a newcomer.
    package static let halfOpenGraceMilliseconds: Int64 = 1_000
    /// Links that are up.
    package static let links = 256
    /// Links and handshakes with one node's certificate: the link, the one that takes its place, and attempts that hang.
    package static let linksPerIdentity = 4

    // Messages
    package static let callsInFlightPerLane = 1_024
    /// Messages of one account of one lane that a peer may have begun and not ended.
    package static let messagesBegunPerLane = 128
    /// Answers of one lane that wait for a peer that does not take them.
    package static let answersWaitingPerLane = 2_048
    /// Credit that a receiver may still owe without telling the sender.
    package static let unpaidCreditBytes = 128 << 10
    /// What a peer may have on its way in one account of one lane: the longest message always fits.
    package static let laneWindowBytes = messageBytes + unpaidCreditBytes
    /// What may wait to go out in one account of one lane.
    package static let laneQueueBytes = 2 * messageBytes
    /// What a message takes besides its bytes.
    package static let messageOverheadBytes = 128
    /// What all links of a node hold in messages together; bulk may fill half of it, clinical three quarters.
    package static let linksMessageBytes = 128 << 20

    /// What a link has besides counted messages.
    ///
    /// A frame (64 KiB) and a read (64 KiB) on the way in, as much again in TLS, two writes of 64 KiB on the way out
    /// and as much again in TLS, 256 answers to pings, and the refusals that a peer may let wait
    /// (3 × `answersWaitingPerLane` of 80 bytes, 0.47 MiB).
    package static let linkBufferBytes = 1 << 20
    /// What a handshake has: two reads of 64 KiB and what TLS keeps.
    package static let halfOpenLinkBytes = 256 << 10

    /// Calls under way and begun in both directions, and answers that wait.
    package static let messagesPerLane = 2 * callsInFlightPerLane + 2 * messagesBegunPerLane + answersWaitingPerLane
    package static let linkMessageBytes =
        6 * laneWindowBytes + 6 * laneQueueBytes + 3 * messagesPerLane * messageOverheadBytes
    package static let linkBytes = linkMessageBytes + linkBufferBytes
    package static let nodeLinkBytes = linksMessageBytes + links * linkBufferBytes + halfOpenLinks * halfOpenLinkBytes
}

/// A node as `node status` shows it.
package struct NodeInfo: Codable, Sendable, Equatable {
    /// A number that a service counts.
    package struct Figure: Codable, Sendable, Equatable {
        package var name: String
        package var value: Double
    }

    package var node: String
    package var name: String
    package var tier: String
    package var region: String
    package var release: String
    package var processID: Int32
    package var startedAt: String
    package var uptimeSeconds: Int64
    package var parent: String?
    package var linksUp: Int
    package var linksExpected: Int
    package var configurationVersion: UInt64
    package var configurationAcceptedAt: String
    /// The configuration that waits for its time, and until when.
    package var waitingConfiguration: UInt64?
    package var waitingUntil: String?
    /// None while the ledger key has no end, or where none holds: that is a concern.
    package var ledgerKeyEndsAt: String?
    package var certificateExpiresAt: String?
    package var commandsWaiting: Int
    package var ledger: LedgerFigures
    /// What the services count.
    package var figures: [Figure]
    package var backlogBatches: Int
    package var backlogBytes: Int
    package var addresses: NodeAddresses
    /// What is left on the disk of the node's data; none where the system does not say.
    package var freeDiskBytes: Int64?
    /// What an operator should look at; empty where all is well.
    package var concerns: [String]
}

/// How much lies in a ledger.
package struct LedgerFigures: Codable, Sendable, Equatable {
    /// Counts of one part.
    package struct Part: Codable, Sendable, Equatable {
        package var batches: Int
        package var entries: Int
        /// Before compression.
        package var rawBytes: Int
        /// As it lies on disk and goes over the wire.
        package var storedBytes: Int
    }

    /// All chains together.
    package var all: Part
    /// The node's own chains.
    package var own: Part
    /// Entries that wait for a cause.
    package var held: Int
    /// Entries that could not be folded.
    package var setAside: Int
    package var forks: Int
}

/// A neighbour and its link.
package struct PeerInfo: Codable, Sendable, Equatable {
    package var node: String
    /// What the peer is to this node: `parent` or `child`.
    package var relation: String?
    package var tier: String?
    /// `up`, `connecting`, `waiting`, `down`, or `paused` by an operator.
    package var state: String
    package var since: String
    package var remoteAddress: String?
    package var clockDifferenceMilliseconds: Int64?
    package var roundTripMilliseconds: Int64?
    package var configurationVersion: UInt64?
    package var release: String?
    package var receivedBytes: UInt64
    package var sentBytes: UInt64
    package var callsInFlight: Int
    /// Bytes of messages that come in or wait to go out.
    package var heldBytes: Int
    /// The most that it ever held.
    package var mostHeldBytes: Int
    /// What it may hold.
    package var heldBytesLimit: Int
    /// Why the link is not up, or what is wrong with it; empty where all is well.
    package var reason: String
    package var lastError: String?
    package var lastErrorAt: String?
    /// Who keeps the link down, since when and why; none where nobody does.
    package var pausedBy: String?
    package var pausedSince: String?
    package var pauseReason: String?
}

/// From which level on a node logs.
package struct LogInfo: Codable, Sendable, Equatable {
    package var level: String
}

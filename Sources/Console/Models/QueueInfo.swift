/// Something that waits for a neighbour or for a hospital's system, and why.
package struct QueueItemInfo: Codable, Sendable, Equatable {
    /// The neighbour's id, or the destination's name.
    package var neighbour: String
    /// A chain, or `granted entries`, `documents`, `documents to come`, `messages to the hospital`.
    package var chain: String
    package var batches: Int
    package var entries: Int
    package var bytes: Int
    package var oldest: String?
    package var oldestAgeSeconds: Int64?
    package var reason: String
}

/// What became of batches that came in a file.
package struct BatchImportInfo: Codable, Sendable, Equatable {
    package struct Position: Codable, Sendable, Equatable {
        package var chain: String
        package var nextSequence: UInt64
    }

    package struct Refusal: Codable, Sendable, Equatable {
        package var batch: String
        package var code: String
        package var message: String
    }

    package struct SetAside: Codable, Sendable, Equatable {
        package var entry: String
        package var reason: String
    }

    /// How many batches the file held.
    package var batches: Int
    /// How far each chain lies on this node's disk.
    package var positions: [Position]
    package var refusals: [Refusal]
    package var setAside: [SetAside]
    /// The bytes of the receipt file, in base 64, for the node that exported the batches.
    package var receipt: String
}

/// One hop of an entry's way.
package struct TraceHopInfo: Codable, Sendable, Equatable {
    package var node: String
    /// `author`, `chain`, `excerpt`, `absent` or `unreachable`.
    package var how: String
    package var onDiskAt: String?
    /// `folded`, `held`, `setAside`; empty where it is absent.
    package var state: String
    package var reason: String
}

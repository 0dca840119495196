import Effects
import Regions
import Trust
import Wire

/// Where the author's own chain of one lane stands.
struct LaneHead: Sendable {
    var incarnation: UInt64
    var nextSequence: UInt64
    var previous: Digest?
    /// Set until the first batch of a new incarnation is sealed.
    var continuedFrom: BatchHeader.ContinuedChain?
}

/// Entries of one lane that have their place and wait for the end of the transaction.
struct LaneBuilder {
    private(set) var entries: [BatchSealer.Waiting] = []
    private(set) var sequence: UInt64
    private var indexInBatch: UInt32 = 0
    private var bytesInBatch = 0

    /// Where a builder stood, for undoing what a failed command appended.
    struct Mark {
        var count: Int
        var sequence: UInt64
        var indexInBatch: UInt32
        var bytesInBatch: Int
    }

    init(sequence: UInt64) {
        self.sequence = sequence
    }

    var mark: Mark {
        Mark(count: entries.count, sequence: sequence, indexInBatch: indexInBatch, bytesInBatch: bytesInBatch)
    }

    mutating func undo(to mark: Mark) {
        entries.removeLast(entries.count - mark.count)
        sequence = mark.sequence
        indexInBatch = mark.indexInBatch
        bytesInBatch = mark.bytesInBatch
    }

    /// Gives an entry its place; starts the next batch where this one is full.
    mutating func add(_ draft: EntryDraft, chain: ChainIdentity, time: WallTime) -> EntryID {
        let size = draft.headerBytesAtMost + (draft.payload?.count ?? 0) + 64
        if indexInBatch > 0, bytesInBatch + size > Limits.batchBytes || Int(indexInBatch) >= Limits.batchEntries {
            sequence += 1
            indexInBatch = 0
            bytesInBatch = 0
        }
        let id = EntryID(batch: BatchIdentity(chain: chain, sequence: sequence), index: indexInBatch)
        entries.append(BatchSealer.Waiting(id: id, draft: draft, time: time))
        indexInBatch += 1
        bytesInBatch += size
        return id
    }

    /// The entries, batch by batch.
    var batches: [[BatchSealer.Waiting]] {
        var result: [[BatchSealer.Waiting]] = []
        for entry in entries {
            if let last = result.last?.last, last.id.batch == entry.id.batch {
                result[result.count - 1].append(entry)
            } else {
                result.append([entry])
            }
        }
        return result
    }
}

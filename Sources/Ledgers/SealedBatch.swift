import Effects
import Foundation
import SwiftProtobuf
import Wire

/// A batch as it lies on disk, goes over the wire and stands in an exported file: the same bytes everywhere.
///
/// A batch may be pruned, never altered: segments may be missing, their roots stay in the sealed header.
package struct SealedBatch: Sendable, Equatable {
    package var header: [UInt8]
    package var seal: [UInt8]
    /// Compressed segments by their position in the header.
    package var segments: [Int: [UInt8]]

    package init(header: [UInt8], seal: [UInt8], segments: [Int: [UInt8]]) {
        self.header = header
        self.seal = seal
        self.segments = segments
    }

    package var sizeBytes: Int {
        header.count + seal.count + segments.values.reduce(0) { $0 + $1.count }
    }

    /// The batch without the segments that `keep` refuses.
    package func pruned(_ keep: (BatchHeader.Segment) -> Bool) throws -> SealedBatch {
        let facts = try BatchHeader(bytes: header).segments
        return SealedBatch(
            header: header, seal: seal,
            segments: segments.filter { facts.indices.contains($0.key) && keep(facts[$0.key]) })
    }
}

extension SealedBatch: ProtobufWireValue {
    package func wire() throws -> PBSealedBatch {
        var message = PBSealedBatch()
        message.header = Data(header)
        message.seal = Data(seal)
        message.segments = segments.sorted { $0.key < $1.key }.map { position, data in
            var part = PBSegmentBytes()
            part.position = UInt32(position)
            part.data = Data(data)
            return part
        }
        return message
    }

    package init(wire message: PBSealedBatch) throws {
        var segments: [Int: [UInt8]] = [:]
        for part in message.segments {
            let last = Limits.segmentsPerBatch - 1
            let position = try PeerNumber.count(part.position, atMost: last, "a segment's place")
            guard segments[position] == nil else {
                throw Failure("ledger.malformedBatch", "a batch names a segment twice")
            }
            segments[position] = [UInt8](part.data)
        }
        self.init(header: [UInt8](message.header), seal: [UInt8](message.seal), segments: segments)
    }
}

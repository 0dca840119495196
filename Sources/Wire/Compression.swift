import Effects

/// Compresses and decompresses whole byte strings in the formats of ``Codec``.
///
/// Decompression trusts nothing that the input declares: it counts the bytes that it really produces.
package enum Compression {
    /// The compressed form of `plain`.
    ///
    /// - Parameter level: the codec's own scale, 1 (fast) to 9 for zlib and to 19 for zstd; clamped to that range.
    /// - Throws: `wire.compressionFailed` where the library refuses.
    package static func compress(_ plain: [UInt8], codec: Codec, level: Int) throws -> [UInt8] {
        switch codec {
        case .none: plain
        case .zlib: try ZlibCodec.compress(plain, level: min(max(level, 1), 9))
        case .zstd: try ZstdCodec.compress(plain, level: min(max(level, 1), 19))
        }
    }

    /// The bytes that `packed` stands for.
    ///
    /// The result may hold at most `limitBytes`, and at most `Limits.decompressionRatio` times the input where it is
    /// longer than ``ratioFreeBytes``.
    ///
    /// - Throws: `wire.decompressedTooLong` as soon as the output passes its bound; `wire.badCompression` where the
    ///   input is damaged, ends early or has bytes after its end.
    package static func decompress(_ packed: [UInt8], codec: Codec, limitBytes: Int) throws -> [UInt8] {
        switch codec {
        case .none:
            guard packed.count <= limitBytes else { throw tooLong(limitBytes) }
            return packed
        case .zlib:
            return try ZlibCodec.decompress(packed, bound: bound(packed, limitBytes))
        case .zstd:
            return try ZstdCodec.decompress(packed, bound: bound(packed, limitBytes))
        }
    }

    /// An output up to this size is not judged by its ratio: a blank page that zstd makes tiny is no attack.
    package static let ratioFreeBytes = Limits.messageBytes

    private static func bound(_ packed: [UInt8], _ limitBytes: Int) -> Int {
        let (product, overflow) = packed.count.multipliedReportingOverflow(by: Limits.decompressionRatio)
        return min(limitBytes, max(overflow ? .max : product, ratioFreeBytes))
    }

    static func tooLong(_ bound: Int) -> Failure {
        Failure("wire.decompressedTooLong", "a compressed segment holds more than \(bound) bytes")
    }

    static func damaged(_ what: String) -> Failure {
        Failure("wire.badCompression", "a compressed segment \(what)")
    }

    static func failed(_ codec: Codec) -> Failure {
        Failure("wire.compressionFailed", "the \(codec) library refused to compress")
    }

    /// How much output is produced before the bound is looked at again.
    static let stepBytes = 64 << 10

    /// What a decompressor has produced so far, in pieces: an output that grows in one piece is there twice each time.
    struct Output {
        private var pieces: [[UInt8]] = []
        private var count = 0

        /// - Throws: `wire.decompressedTooLong` where it passes the bound.
        mutating func add(_ piece: [UInt8], bound: Int) throws {
            count += piece.count
            guard count <= bound else { throw Compression.tooLong(bound) }
            if !piece.isEmpty { pieces.append(piece) }
        }

        func joined() -> [UInt8] {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(count)
            for piece in pieces { bytes.append(contentsOf: piece) }
            return bytes
        }
    }
}

/// How a segment is compressed; the raw values travel and are never reused.
package enum Codec: UInt8, CaseIterable, Hashable, Sendable, CustomStringConvertible {
    case none = 0
    /// The common tongue: every node reads and writes it (RFC 1950).
    case zlib = 1
    /// Used where both ends speak it (RFC 8878).
    case zstd = 2

    package var description: String {
        switch self {
        case .none: "none"
        case .zlib: "zlib"
        case .zstd: "zstd"
        }
    }
}

import CZstd
import Demo
import Effects
import HL7
import Recognition
import RecognitionEdge

/// A dictionary that zstd trains on reports, to see what it would save.
///
/// The product has none: see docs/performance.md.
final class TrainedDictionary {
    private let compressing: OpaquePointer
    private let decompressing: OpaquePointer
    private let context: OpaquePointer
    private let readingContext: OpaquePointer

    static let bytes = 24_576
    static let level: Int32 = 3
    private static let sampleCount = 3_000

    /// Trains on samples; the result is the same for the same samples and library.
    init(samples: [[UInt8]]) throws {
        let joined = samples.flatMap { $0 }
        let sizes = samples.map(\.count)
        var length = 0
        let content = joined.withUnsafeBytes { source in
            [UInt8](unsafeUninitializedCapacity: Self.bytes) { target, count in
                length = ZDICT_trainFromBuffer(
                    target.baseAddress, Self.bytes, source.baseAddress, sizes, UInt32(sizes.count))
                count = ZDICT_isError(length) == 0 ? length : 0
            }
        }
        guard ZDICT_isError(length) == 0,
            let compressing = content.withUnsafeBytes({ ZSTD_createCDict($0.baseAddress, $0.count, Self.level) }),
            let decompressing = content.withUnsafeBytes({ ZSTD_createDDict($0.baseAddress, $0.count) }),
            let context = ZSTD_createCCtx(), let readingContext = ZSTD_createDCtx()
        else { throw Failure("load.noDictionary", "zstd makes no dictionary of the reports") }
        (self.compressing, self.decompressing) = (compressing, decompressing)
        (self.context, self.readingContext) = (context, readingContext)
    }

    deinit {
        ZSTD_freeCDict(compressing)
        ZSTD_freeDDict(decompressing)
        ZSTD_freeCCtx(context)
        ZSTD_freeDCtx(readingContext)
    }

    func compress(_ plain: [UInt8]) throws -> [UInt8] {
        let room = ZSTD_compressBound(plain.count)
        return try output(room) { target in
            plain.withUnsafeBytes {
                ZSTD_compress_usingCDict(context, target, room, $0.baseAddress, $0.count, compressing)
            }
        }
    }

    func decompress(_ packed: [UInt8], plainBytes: Int) throws -> [UInt8] {
        try output(plainBytes) { target in
            packed.withUnsafeBytes {
                ZSTD_decompress_usingDDict(
                    readingContext, target, plainBytes, $0.baseAddress, $0.count, decompressing)
            }
        }
    }

    private func output(_ room: Int, _ body: (UnsafeMutableRawPointer?) -> Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: room) { target, count in
            let written = body(target.baseAddress)
            guard ZSTD_isError(written) == 0 else { throw Failure("load.badCodec", "zstd refused a segment") }
            count = written
        }
    }
}

extension TrainedDictionary {
    /// Of reports like those that are measured, with other patients and values.
    static func ofSuchReports(itemCount: Int) throws -> TrainedDictionary {
        let reports = LaboratoryReports(seed: 77, itemCount: itemCount)
        return try TrainedDictionary(
            samples: try (0..<sampleCount).map { try reports.submission($0).content.wireBytes() })
    }

    /// Of the reports of the demo's working day: other panels, other names of items, other hospitals.
    static func ofOtherReports() throws -> TrainedDictionary {
        let now = WallTime(milliseconds: 1_790_000_000_000)
        let day = WorkingDay(seed: 1, day: CivilDateTime(now, offsetMinutes: 480))
        let mapper = HL7ReportMapper(institution: "county", now: now)
        var samples: [[UInt8]] = []
        for node in day.nodes {
            for message in day.messages(for: node).prefix(sampleCount / 2) where message.format == .hl7 {
                let mapping = mapper.map(try HL7Message.parse(message.bytes, defaultEncoding: .utf8))
                samples += try mapping.submissions.map { try $0.content.wireBytes() }
            }
        }
        return try TrainedDictionary(samples: samples)
    }
}

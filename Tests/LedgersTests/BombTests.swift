import Effects
import Foundation
import Testing
import Trust
import Wire

@testable import Ledgers

/// Batches that want to be more than they are, sealed by an author who is known to the region.
@Suite struct BombTests {
    /// A batch of one segment with these bytes, sealed in earnest.
    static func batch(_ packed: [UInt8], _ codec: Codec, fixture: Fixture, copies: Int = 1) throws -> SealedBatch {
        let segment = BatchHeader.Segment(
            audience: .region, holdsPayloads: true, count: 1, root: Seal.segmentDigest([], suite: fixture.suite),
            codec: codec, lengthBytes: packed.count, packedDigest: Seal.segmentDigest(packed, suite: fixture.suite))
        let key = try fixture.key(Fixture.hill)
        let header = try BatchHeader(
            identity: BatchIdentity(chain: Fixture.chain(Fixture.hill), sequence: 0), keyID: key.id, previous: nil,
            continuedFrom: nil, firstAuthorTime: .epoch, lastAuthorTime: .epoch, entryCount: 1,
            segments: Array(repeating: segment, count: copies)
        ).encoded()
        return SealedBatch(
            header: header, seal: try key.sign(Seal.message(header)),
            segments: Dictionary(uniqueKeysWithValues: (0..<copies).map { ($0, packed) }))
    }

    /// A Zstandard frame of runs of zeros (RFC 8878, 3.1.1): 128 KiB in four bytes each.
    static func zstdRuns(_ count: Int, declaring length: UInt64? = nil) -> [UInt8] {
        var bytes: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
        // A window of 2 MiB; with a length, eight bytes of it.
        bytes += length.map { [0xC0, 0x58] + withUnsafeBytes(of: $0.littleEndian) { Array($0) } } ?? [0x00, 0x58]
        for index in 1...count {
            let head = UInt32(128 << 10) << 3 | 1 << 1 | (index == count ? 1 : 0)
            bytes += [UInt8(head & 0xFF), UInt8(head >> 8 & 0xFF), UInt8(head >> 16), 0]
        }
        return bytes
    }

    /// A line of `/proc/self/status` in bytes.
    static func memory(_ name: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix(name + ":") })
        return try #require(line.split(separator: " ").compactMap { Int($0) }.first) << 10
    }

    /// Every bomb and the code that it is refused with.
    static func all(_ fixture: Fixture) throws -> [(name: String, batch: SealedBatch, code: Failure.Code)] {
        let zeros = try Compression.compress(Array(repeating: 0, count: 48 << 20), codec: .zlib, level: 9)
        let few = try Compression.compress(Array(repeating: 0, count: 3 << 20), codec: .zlib, level: 9)
        let nested = try Compression.compress(zeros, codec: .zlib, level: 9)
        var short = try batch(zeros, .zlib, fixture: fixture)
        short.segments[0] = few
        return [
            ("1000:1, zlib", try batch(zeros, .zlib, fixture: fixture), "wire.decompressedTooLong"),
            ("32000:1, zstd", try batch(zstdRuns(8_192), .zstd, fixture: fixture), "wire.decompressedTooLong"),
            ("nested", try batch(nested, .zlib, fixture: fixture), "ledger.malformedRecord"),
            (
                "a length of 1 TiB", try batch(zstdRuns(8_192, declaring: 1 << 40), .zstd, fixture: fixture),
                "wire.decompressedTooLong"
            ),
            (
                "a length of 10", try batch(zstdRuns(8_192, declaring: 10), .zstd, fixture: fixture),
                "wire.badCompression"
            ),
            ("another segment than sealed", short, "ledger.malformedRecord"),
            ("eight segments of nothing", try batch(few, .zlib, fixture: fixture, copies: 8), "ledger.malformedRecord"),
        ]
    }

    @Test func everyBombIsRefusedInLittleMemory() async {
        await #expect(processExitsWith: .success) {
            let fixture = try Fixture()
            let bombs = try BombTests.all(fixture)
            // What the process has held at most is forgotten (proc(5), clear_refs).
            try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
            let before = try BombTests.memory("VmRSS")
            for bomb in bombs {
                do {
                    _ = try fixture.inspected(bomb.batch)
                    Issue.record("\(bomb.name) was taken")
                } catch let failure as Failure {
                    #expect(failure.code == bomb.code, "\(bomb.name): \(failure)")
                }
                let grown = try BombTests.memory("VmHWM") - before
                #expect(grown < 32 << 20, "\(bomb.name): \(grown >> 20) MiB more")
                if grown >= 32 << 20 { exit(1) }
            }
        }
    }

    @Test func aMessageWhoseLengthsLieIsRefused() {
        // A field that announces 4 GiB; segments without end.
        let announced: [UInt8] = [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 1, 2, 3]
        #expect(throws: (any Error).self) { try SealedBatch(wireBytes: announced) }
        let segment: [UInt8] = [0x1A, 2, 0x08, 3]
        let segments = Array(repeating: segment, count: 100).flatMap { $0 }
        #expect(throws: (any Error).self) { try SealedBatch(wireBytes: segments) }
    }
}

import Effects
import Testing
import Wire

@Suite struct CompressionTests {
    private static let packing: [Codec] = [.zlib, .zstd]

    private func sample(_ count: Int) -> [UInt8] {
        let random = SeededRandom(seed: UInt64(count))
        return (0..<count).map { _ in UInt8(random.number(below: 12)) }
    }

    @Test(arguments: Codec.allCases, [0, 1, 1_000, 200_000])
    func whatIsCompressedComesBack(codec: Codec, count: Int) throws {
        let plain = sample(count)
        for level in [-3, 1, 6, 99] {
            let packed = try Compression.compress(plain, codec: codec, level: level)
            #expect(try Compression.decompress(packed, codec: codec, limitBytes: count) == plain)
        }
    }

    @Test(arguments: packing) func aBombIsRefusedAtTheCap(codec: Codec) throws {
        let bomb = try Compression.compress(Array(repeating: 0, count: 20 << 20), codec: codec, level: 6)
        #expect(bomb.count < 64 << 10)
        #expect(throws: Failure("wire.decompressedTooLong", "")) {
            try Compression.decompress(bomb, codec: codec, limitBytes: 1 << 20)
        }
    }

    @Test func aRatioThatNoRecordHasIsRefusedUnderTheCap() throws {
        let bomb = try Compression.compress(Array(repeating: 0, count: 20 << 20), codec: .zstd, level: 3)
        #expect(throws: Failure("wire.decompressedTooLong", "")) {
            try Compression.decompress(bomb, codec: .zstd, limitBytes: 32 << 20)
        }
    }

    @Test func whatIsNotCompressedIsBoundedToo() {
        #expect(throws: Failure("wire.decompressedTooLong", "")) {
            try Compression.decompress([1, 2, 3], codec: .none, limitBytes: 2)
        }
    }

    @Test(arguments: packing) func inputThatIsCutAnywhereIsRefused(codec: Codec) throws {
        let packed = try Compression.compress(sample(500), codec: codec, level: 3)
        for length in 0..<packed.count {
            #expect(throws: Failure("wire.badCompression", "")) {
                try Compression.decompress(Array(packed.prefix(length)), codec: codec, limitBytes: 10_000)
            }
        }
    }

    /// Frames of older formats and skippable ones: their windows are not bounded, or there is nothing in them.
    @Test(arguments: [[0x27, 0xB5, 0x2F, 0xFD], [0x22, 0xB5, 0x2F, 0xFD], [0x50, 0x2A, 0x4D, 0x18]] as [[UInt8]])
    func anotherFormatIsRefused(magic: [UInt8]) throws {
        let packed = try Compression.compress(sample(500), codec: .zstd, level: 3)
        for bytes: [UInt8] in [magic + packed.dropFirst(4), magic + [4, 0, 0, 0, 1, 2, 3, 4]] {
            #expect(throws: Failure("wire.badCompression", "")) {
                try Compression.decompress(bytes, codec: .zstd, limitBytes: 10_000)
            }
        }
    }

    @Test(arguments: packing) func bytesAfterTheEndAreRefused(codec: Codec) throws {
        let packed = try Compression.compress(sample(500), codec: codec, level: 3)
        for junk in [[0], packed] {
            #expect(throws: Failure("wire.badCompression", "")) {
                try Compression.decompress(packed + junk, codec: codec, limitBytes: 10_000)
            }
        }
    }

    @Test(arguments: packing) func damagedInputIsRefusedOrGivesOtherBytesAndNeverTraps(codec: Codec) throws {
        let plain = sample(400)
        let packed = try Compression.compress(plain, codec: codec, level: 3)
        for index in packed.indices {
            var damaged = packed
            damaged[index] ^= 0x55
            _ = try? Compression.decompress(damaged, codec: codec, limitBytes: 10_000)
        }
    }

    @Test func oneCodecDoesNotReadTheOther() throws {
        let packed = try Compression.compress([1, 2, 3], codec: .zstd, level: 3)
        #expect(throws: Failure("wire.badCompression", "")) {
            try Compression.decompress(packed, codec: .zlib, limitBytes: 100)
        }
    }
}

import CZstd
import Effects

/// Zstandard frames, in steps; one frame per byte string.
enum ZstdCodec {
    /// The longest window that a decompressor keeps for a peer, as a power of two: 8 MiB, what level 19 writes.
    private static let windowLog: Int32 = 23

    static func compress(_ plain: [UInt8], level: Int) throws -> [UInt8] {
        let room = ZSTD_compressBound(plain.count)
        guard ZSTD_isError(room) == 0 else { throw Compression.failed(.zstd) }
        return try plain.withUnsafeBytes { source in
            try [UInt8](unsafeUninitializedCapacity: room) { target, count in
                let written = ZSTD_compress(target.baseAddress, room, source.baseAddress, source.count, Int32(level))
                guard ZSTD_isError(written) == 0 else { throw Compression.failed(.zstd) }
                count = written
            }
        }
    }

    /// How a frame begins (RFC 8878, 3.1.1); the library may read older formats too, whose windows it does not bound.
    private static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

    static func decompress(_ packed: [UInt8], bound: Int) throws -> [UInt8] {
        guard packed.starts(with: magic) else { throw Compression.damaged("does not begin as its codec says") }
        guard let context = ZSTD_createDCtx() else { throw Compression.damaged("cannot be opened") }
        defer { ZSTD_freeDCtx(context) }
        guard ZSTD_isError(ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, windowLog)) == 0 else {
            throw Compression.damaged("cannot be opened")
        }
        var output = Compression.Output()
        try packed.withUnsafeBytes { source in
            var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
            while true {
                let before = input.pos
                let (piece, status) = step(context, &input)
                guard ZSTD_isError(status) == 0 else { throw Compression.damaged("is damaged") }
                try output.add(piece, bound: bound)
                if status == 0 { break }
                guard !piece.isEmpty || input.pos > before else { throw Compression.damaged("ends early") }
            }
            guard input.pos == input.size else { throw Compression.damaged("has bytes after its end") }
        }
        return output.joined()
    }

    private static func step(_ context: OpaquePointer, _ input: inout ZSTD_inBuffer) -> (piece: [UInt8], status: Int) {
        var status = 0
        let piece = [UInt8](unsafeUninitializedCapacity: Compression.stepBytes) { target, count in
            var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
            status = ZSTD_decompressStream(context, &output, &input)
            count = output.pos
        }
        return (piece, status)
    }
}

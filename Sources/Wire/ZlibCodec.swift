import CZlib
import Effects

/// Deflate in zlib's format, in steps.
enum ZlibCodec {
    static func compress(_ plain: [UInt8], level: Int) throws -> [UInt8] {
        guard plain.count <= Int(UInt32.max) else { throw Compression.failed(.zlib) }
        var stream = z_stream()
        guard deflateInit_(&stream, Int32(level), ZLIB_VERSION, streamSize) == Z_OK else {
            throw Compression.failed(.zlib)
        }
        defer { deflateEnd(&stream) }
        let room = Int(deflateBound(&stream, UInt(plain.count)))
        guard room <= Int(UInt32.max) else { throw Compression.failed(.zlib) }
        var input = plain
        return try input.withUnsafeMutableBufferPointer { source in
            try [UInt8](unsafeUninitializedCapacity: room) { target, count in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(room)
                guard deflate(&stream, Z_FINISH) == Z_STREAM_END else { throw Compression.failed(.zlib) }
                count = room - Int(stream.avail_out)
            }
        }
    }

    static func decompress(_ packed: [UInt8], bound: Int) throws -> [UInt8] {
        guard packed.count <= Int(UInt32.max) else { throw Compression.damaged("is too long") }
        var stream = z_stream()
        guard inflateInit_(&stream, ZLIB_VERSION, streamSize) == Z_OK else {
            throw Compression.damaged("cannot be opened")
        }
        defer { inflateEnd(&stream) }
        var input = packed
        var output = Compression.Output()
        try input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            while true {
                let (piece, status) = step(&stream)
                try output.add(piece, bound: bound)
                if status == Z_STREAM_END { break }
                guard status == Z_OK, !piece.isEmpty || stream.avail_in > 0 else {
                    throw Compression.damaged(status == Z_OK || status == Z_BUF_ERROR ? "ends early" : "is damaged")
                }
            }
            guard stream.avail_in == 0 else { throw Compression.damaged("has bytes after its end") }
        }
        return output.joined()
    }

    private static func step(_ stream: inout z_stream) -> (piece: [UInt8], status: Int32) {
        var status = Z_OK
        let piece = [UInt8](unsafeUninitializedCapacity: Compression.stepBytes) { target, count in
            stream.next_out = target.baseAddress
            stream.avail_out = UInt32(target.count)
            status = inflate(&stream, Z_NO_FLUSH)
            count = target.count - Int(stream.avail_out)
        }
        return (piece, status)
    }

    private static let streamSize = Int32(MemoryLayout<z_stream>.size)
}

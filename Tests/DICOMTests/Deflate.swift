import CZlib
import Effects

/// Compresses what tests feed to the reader.
enum Deflate {
    /// RFC 1951 alone, as DICOM has it.
    static func raw(_ plain: [UInt8]) throws -> [UInt8] {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        let size = Int32(MemoryLayout<z_stream>.size)
        guard
            deflateInit2_(stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
        else { throw Failure("test.deflate", "zlib refused") }
        defer { deflateEnd(stream) }
        var input = plain
        let room = Int(deflateBound(stream, UInt(plain.count)))
        return input.withUnsafeMutableBufferPointer { source in
            [UInt8](unsafeUninitializedCapacity: room) { target, count in
                stream.pointee.next_in = source.baseAddress
                stream.pointee.avail_in = UInt32(source.count)
                stream.pointee.next_out = target.baseAddress
                stream.pointee.avail_out = UInt32(room)
                _ = deflate(stream, Z_FINISH)
                count = room - Int(stream.pointee.avail_out)
            }
        }
    }
}

import CZlib
import Effects

/// Takes a deflated data set apart as its bytes come (RFC 1951, without the frame of zlib's format).
final class DICOMInflater {
    // The library keeps the address of what it works on.
    private let memory = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var hasEnded = false
    /// What follows the compressed bytes.
    private var surplus: [UInt8] = []
    private var checksum = crc32(0, nil, 0)
    private var producedBytes: UInt32 = 0
    private static let stepBytes = 64 << 10

    init() throws {
        memory.initialize(to: z_stream())
        let status = inflateInit2_(memory, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw Self.damaged }
    }

    deinit {
        inflateEnd(memory)
        memory.deallocate()
    }

    private static var damaged: Failure { Failure("dicom.badDeflate", "the compressed data set is damaged") }

    /// Hands over what the bytes stand for, in pieces of 64 KiB at most.
    func feed(_ piece: ArraySlice<UInt8>, take: (ArraySlice<UInt8>) throws -> Void) throws {
        guard !hasEnded else { return try addSurplus(piece) }
        var input = Array(piece)
        try input.withUnsafeMutableBufferPointer { source in
            memory.pointee.next_in = source.baseAddress
            memory.pointee.avail_in = UInt32(clamping: source.count)
            repeat {
                var status = Z_OK
                let output = [UInt8](unsafeUninitializedCapacity: Self.stepBytes) { target, count in
                    memory.pointee.next_out = target.baseAddress
                    memory.pointee.avail_out = UInt32(target.count)
                    status = inflate(memory, Z_NO_FLUSH)
                    count = target.count - Int(memory.pointee.avail_out)
                }
                guard
                    status == Z_OK || status == Z_STREAM_END || (status == Z_BUF_ERROR && memory.pointee.avail_in == 0)
                else { throw Self.damaged }
                if !output.isEmpty {
                    checksum = crc32(checksum, output, UInt32(output.count))
                    producedBytes &+= UInt32(output.count)
                    try take(output[...])
                }
                hasEnded = status == Z_STREAM_END
                if status == Z_BUF_ERROR || (output.count < Self.stepBytes && memory.pointee.avail_in == 0) { break }
            } while !hasEnded
        }
        if hasEnded { try addSurplus(piece.suffix(Int(memory.pointee.avail_in))) }
    }

    private func addSurplus(_ bytes: ArraySlice<UInt8>) throws {
        surplus += bytes.prefix(9)
        guard surplus.count <= 8 else { throw Self.hasSurplus }
    }

    private static var hasSurplus: Failure {
        Failure("dicom.badDeflate", "the compressed data set has bytes after its end")
    }

    /// - Throws: `dicom.truncated` where the compressed bytes go on, `dicom.badDeflate` where others follow them.
    func checkEnd() throws {
        guard hasEnded else {
            throw Failure("dicom.truncated", "the file ends before its data set does")
        }
        // A byte that makes the length even may follow; or, as gzip has it, a checksum and the length of what came out.
        guard surplus.count > 1 || surplus.first ?? 0 != 0 else { return }
        let form = DICOMForm.explicit
        guard surplus.count == 8, form.long(surplus) == UInt32(truncatingIfNeeded: checksum),
            form.long(surplus.suffix(4)) == producedBytes
        else { throw Self.hasSurplus }
    }
}

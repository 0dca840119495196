import CZlib
import Effects

/// Writes pictures of eight bits a sample as PNG (RFC 2083).
enum PNGWriter {
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// - Parameter pixels: row after row, `samples` bytes a pixel: 1 for shades of grey, 3 for colours.
    /// - Throws: `dicom.pictureFailed` where zlib refuses.
    static func bytes(_ pixels: [UInt8], columns: Int, rows: Int, samples: Int) throws -> [UInt8] {
        let header = long(columns) + long(rows) + [8, samples == 1 ? 0 : 2, 0, 0, 0]
        return signature + chunk("IHDR", header)
            + chunk("IDAT", try packed(filtered(pixels, lineBytes: columns * samples, samples)))
            + chunk("IEND", [])
    }

    /// Each line as the difference of every pixel from the one before it, which is mostly little.
    private static func filtered(_ pixels: [UInt8], lineBytes: Int, _ samples: Int) -> [UInt8] {
        var lines: [UInt8] = []
        lines.reserveCapacity(pixels.count + pixels.count / max(lineBytes, 1) + 1)
        for start in stride(from: 0, to: pixels.count - lineBytes + 1, by: lineBytes) {
            lines.append(1)
            for index in start..<(start + lineBytes) {
                lines.append(index - start < samples ? pixels[index] : pixels[index] &- pixels[index - samples])
            }
        }
        return lines
    }

    private static func packed(_ lines: [UInt8]) throws -> [UInt8] {
        var room = compressBound(UInt(lines.count))
        let failed = Failure("dicom.pictureFailed", "the picture could not be written")
        return try [UInt8](unsafeUninitializedCapacity: Int(room)) { target, count in
            guard compress2(target.baseAddress, &room, lines, UInt(lines.count), 6) == Z_OK else { throw failed }
            count = Int(room)
        }
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let checked = Array(name.utf8) + content
        return long(content.count) + checked + long(Int(crc32(0, checked, UInt32(checked.count))))
    }

    private static func long(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}

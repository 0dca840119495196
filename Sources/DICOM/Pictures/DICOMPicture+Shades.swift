extension DICOMPicture {
    /// Pixels of one sample as shades from black to white.
    func gray(_ bytes: [UInt8]) -> [UInt8] {
        let stored = stored(bytes)
        let table = shades(of: stored)
        return stored.map { table[Int($0)] }
    }

    /// The bits of each pixel that count, without their sign.
    private func stored(_ bytes: [UInt8]) -> [UInt16] {
        let shift = UInt16(highBit + 1 - bitsStored)
        let mask: UInt16 = bitsStored >= 16 ? .max : (1 << UInt16(bitsStored)) - 1
        guard bitsAllocated == 16 else { return bytes.map { UInt16($0) >> shift & mask } }
        let (low, high) = isBigEndian ? (1, 0) : (0, 1)
        return stride(from: 0, to: bytes.count - 1, by: 2).map { start in
            (UInt16(bytes[start + low]) | UInt16(bytes[start + high]) << 8) >> shift & mask
        }
    }

    private func value(_ stored: UInt16) -> Double {
        let sign = 1 << (bitsStored - 1)
        let number = isSigned && Int(stored) & sign != 0 ? Int(stored) - 2 * sign : Int(stored)
        return Double(number) * slope + intercept
    }

    /// A shade for each number that a pixel can hold, by the window; where none is named, from the least to the greatest.
    private func shades(of stored: [UInt16]) -> [UInt8] {
        let isInverse = photometry == "MONOCHROME1"
        let (low, high) = bounds(of: stored)
        return (0..<(1 << bitsStored)).map { number in
            let value = value(UInt16(truncatingIfNeeded: number))
            let part: Double
            if value <= low {
                part = 0
            } else if value > high {
                part = 1
            } else {
                part = (value - low) / (high - low)
            }
            let shade = UInt8(min(max((part * 255).rounded(), 0), 255))
            return isInverse ? 255 - shade : shade
        }
    }

    /// What is black, and what is white (PS3.3, C.11.2.1.2).
    private func bounds(of stored: [UInt16]) -> (low: Double, high: Double) {
        if let window, window.center.isFinite, window.width.isFinite {
            if isExact { return (window.center - window.width / 2, window.center + window.width / 2) }
            let half = max(window.width - 1, 0) / 2
            return (window.center - 0.5 - half, window.center - 0.5 + half)
        }
        var isThere = [Bool](repeating: false, count: 1 << bitsStored)
        for pixel in stored { isThere[Int(pixel)] = true }
        let values = isThere.indices.lazy.filter { isThere[$0] }.map { value(UInt16(truncatingIfNeeded: $0)) }
        return (values.min() ?? 0, values.max() ?? 0)
    }

    /// Pixels of three samples as red, green and blue, one after the other.
    func colours(_ bytes: [UInt8]) -> [UInt8] {
        let count = rows * columns
        var pixels = bytes
        if isPlanar {
            for index in 0..<count {
                for plane in 0..<3 { pixels[3 * index + plane] = bytes[plane * count + index] }
            }
        }
        guard photometry == "YBR_FULL" else { return pixels }
        for index in stride(from: 0, to: 3 * count, by: 3) {
            let (y, blue, red) = (
                Double(pixels[index]), Double(pixels[index + 1]) - 128, Double(pixels[index + 2]) - 128
            )
            for (offset, value) in [y + 1.402 * red, y - 0.344136 * blue - 0.714136 * red, y + 1.772 * blue]
                .enumerated()
            {
                pixels[index + offset] = UInt8(min(max(value.rounded(), 0), 255))
            }
        }
        return pixels
    }
}

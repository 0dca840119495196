#if canImport(Glibc)
    import Glibc
#endif
import Synchronization

/// Where randomness comes from: salts, identifiers, jitter.
package protocol RandomSource: Sendable {
    func next() -> UInt64
    func bytes(_ count: Int) -> [UInt8]
}

extension RandomSource {
    package func bytes(_ count: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count + 7)
        while result.count < count {
            withUnsafeBytes(of: next()) { result.append(contentsOf: $0) }
        }
        result.removeLast(result.count - count)
        return result
    }

    /// A number in `0..<bound`, for jitter and choices; `bound` below 1 gives 0.
    package func number(below bound: UInt64) -> UInt64 {
        bound < 1 ? 0 : next().multipliedFullWidth(by: bound).high
    }

    /// A 26-character sortable identifier: 48 bits of wall time and 80 random bits in Crockford's base 32 (ULID).
    package func identifier(at time: WallTime) -> String {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        var text = ""
        let stamp = UInt64(max(0, time.milliseconds))
        for shift in stride(from: 45, through: 0, by: -5) {
            text.append(alphabet[Int((stamp >> UInt64(shift)) & 31)])
        }
        for _ in 0..<2 {
            let word = next()
            for shift in stride(from: 35, through: 0, by: -5) {
                text.append(alphabet[Int((word >> UInt64(shift)) & 31)])
            }
        }
        return text
    }
}

/// The operating system's generator.
package struct SystemRandom: RandomSource {
    package init() {}

    package func next() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    /// One call of the operating system for up to 256 bytes, as much as it gives at once.
    package func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            var generator = SystemRandomNumberGenerator()
            while filled < count {
                let length = min(256, count - filled)
                if getentropy(buffer.baseAddress?.advanced(by: filled), length) != 0 {
                    for index in 0..<length { buffer[filled + index] = generator.next() }
                }
                filled += length
            }
        }
    }
}

/// A generator that gives the same numbers for the same seed (SplitMix64); for tests, simulations and the demo.
package final class SeededRandom: RandomSource {
    private let state: Mutex<UInt64>

    package init(seed: UInt64) {
        state = Mutex(seed)
    }

    package func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return word ^ (word >> 31)
        }
    }
}

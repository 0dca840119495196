package import Effects

/// Draws that the generator needs beyond a plain number; each is a function of the source alone, so one seed gives one
/// day.
extension RandomSource {
    /// A number in `0 ..< 1` with 53 random bits.
    package func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A draw that is close enough to a standard normal one (sum of twelve uniforms), within ±6.
    package func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += unit() }
        return sum
    }

    /// Whether something that happens `perMille` times in a thousand happens now.
    package func happens(perMille: Int) -> Bool {
        number(below: 1000) < UInt64(max(0, perMille))
    }

    /// A number of a closed range.
    package func integer(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(number(below: UInt64(range.upperBound - range.lowerBound + 1)))
    }

    /// A number of a half-open range; its lower bound where the range is empty.
    package func integer(in range: Range<Int>) -> Int {
        range.lowerBound + Int(number(below: UInt64(range.count)))
    }

    /// An element, or `nil` of an empty collection.
    package func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[Int(number(below: UInt64(elements.count)))]
    }

    /// The index of a weight, chosen in proportion to the weights; 0 where they are all zero.
    package func index(weights: [Int]) -> Int {
        var rest = Int(number(below: UInt64(max(1, weights.reduce(0, +)))))
        for (index, weight) in weights.enumerated() {
            if rest < weight { return index }
            rest -= weight
        }
        return 0
    }
}

/// Derives seeds from seeds, so that any part of a day can be made without the parts before it.
package enum Seeds {
    /// A seed for the part `label` of what `seed` stands for.
    package static func derive(_ seed: UInt64, _ label: UInt64) -> UInt64 {
        SeededRandom(seed: seed ^ (label &* 0xD6E8_FEB8_6659_FD93)).next()
    }

    /// A seed for the part named `label` (FNV-1a of its UTF-8 bytes).
    package static func derive(_ seed: UInt64, _ label: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in label.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        return derive(seed, hash)
    }
}

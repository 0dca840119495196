import Glibc

/// A conversion between two character sets by the C library's `iconv`.
///
/// Foundation has no GB 18030 on Linux; the C library does. A conversion that the system does not have is reported,
/// never guessed.
package struct CharacterConversion: Sendable {
    /// As the C library calls them, such as `GB18030`.
    package var from: String
    package var to: String

    package init(from: String, to: String) {
        self.from = from
        self.to = to
    }

    package enum Outcome: Sendable {
        case converted([UInt8])
        /// The offset of the first byte that does not belong to the source's character set.
        case invalid(Int)
        case unavailable
    }

    /// All of a text, or nothing.
    package func convert(_ input: [UInt8]) -> Outcome {
        guard let (bytes, left) = prefix(of: input[...]) else { return .unavailable }
        return left == 0 ? .converted(bytes) : .invalid(input.count - left)
    }

    /// A text with `replacement` in place of each byte that belongs to no character.
    ///
    /// - Returns: `nil` where the system does not have the conversion.
    package func convert(_ input: [UInt8], replacement: [UInt8]) -> (bytes: [UInt8], isWhole: Bool)? {
        var (bytes, isWhole, rest): ([UInt8], Bool, ArraySlice<UInt8>) = ([], true, input[...])
        while !rest.isEmpty {
            guard let (converted, left) = prefix(of: rest) else { return nil }
            bytes += converted
            rest = rest.suffix(left)
            guard !rest.isEmpty else { break }
            bytes += replacement
            isWhole = false
            rest = rest.dropFirst()
        }
        return (bytes, isWhole)
    }

    /// Converts up to the first byte that cannot be.
    ///
    /// - Returns: what was converted, and how many bytes are left; `nil` where the system does not have the conversion.
    private func prefix(of input: ArraySlice<UInt8>) -> (bytes: [UInt8], left: Int)? {
        guard !input.isEmpty else { return ([], 0) }
        guard let descriptor = iconv_open(to, from), Int(bitPattern: descriptor) != -1 else { return nil }
        defer { iconv_close(descriptor) }
        // A byte becomes three in UTF-8 at most; there a character of two bytes becomes four of another set at most.
        let capacity = input.count * 4 + 16
        var source = Array(input)
        var left = source.count
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            count = 0
            guard let target = buffer.baseAddress else { return }
            source.withUnsafeMutableBytes { raw in
                var inPointer = raw.bindMemory(to: CChar.self).baseAddress
                target.withMemoryRebound(to: CChar.self, capacity: capacity) { start in
                    var outPointer: UnsafeMutablePointer<CChar>? = start
                    var outLeft = capacity
                    _ = iconv(descriptor, &inPointer, &left, &outPointer, &outLeft)
                    count = capacity - outLeft
                }
            }
        }
        return (bytes, left)
    }
}

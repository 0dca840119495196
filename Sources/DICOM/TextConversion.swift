#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Text of other character sets as Unicode, by the C library's `iconv`.
///
/// A byte that belongs to no character becomes U+FFFD, and the text is marked as damaged.
enum TextConversion {
    static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// - Returns: `nil` where the system does not have the character set.
    static func decode(_ input: [UInt8], from name: String) -> (text: String, isWhole: Bool)? {
        guard !input.isEmpty else { return ("", true) }
        guard let descriptor = iconv_open("UTF-8", name), Int(bitPattern: descriptor) != -1 else { return nil }
        defer { iconv_close(descriptor) }
        var bytes: [UInt8] = []
        var isWhole = true
        var rest = input[...]
        while !rest.isEmpty {
            let (converted, left) = step(rest, descriptor)
            bytes += converted
            rest = rest.suffix(left)
            guard !rest.isEmpty else { break }
            bytes += replacement
            isWhole = false
            rest = rest.dropFirst()
        }
        return (String(decoding: bytes, as: UTF8.self), isWhole)
    }

    /// Unicode in another character set.
    ///
    /// - Returns: `nil` where the system does not have it, or where it lacks a character.
    static func encode(_ text: String, to name: String) -> [UInt8]? {
        let input = Array(text.utf8)
        guard !input.isEmpty else { return [] }
        guard let descriptor = iconv_open(name, "UTF-8"), Int(bitPattern: descriptor) != -1 else { return nil }
        defer { iconv_close(descriptor) }
        let (bytes, left) = step(input[...], descriptor)
        return left == 0 ? bytes : nil
    }

    /// Converts up to the first byte that cannot be converted.
    private static func step(
        _ input: ArraySlice<UInt8>, _ descriptor: iconv_t
    ) -> (bytes: [UInt8], left: Int) {
        // A byte becomes three at most; in UTF-8 a character of two bytes becomes four of another set at most.
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

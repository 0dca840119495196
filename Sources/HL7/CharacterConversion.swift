#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A conversion between two character sets by the C library's `iconv`.
///
/// Foundation has no GB 18030 on Linux; the C library does. A conversion that the system does not have is reported,
/// never guessed.
struct CharacterConversion {
    enum Outcome {
        case converted([UInt8])
        /// The offset of the first byte that does not belong to the source's character set.
        case invalid(Int)
        case unavailable
    }

    var from: String
    var to: String

    init(from: String, to: String) {
        self.from = from
        self.to = to
    }

    func convert(_ input: [UInt8]) -> Outcome {
        guard !input.isEmpty else { return .converted([]) }
        guard let descriptor = iconv_open(to, from), Int(bitPattern: descriptor) != -1 else { return .unavailable }
        defer { iconv_close(descriptor) }
        // No character grows by more than a factor of two between UTF-8 and GB 18030.
        let capacity = input.count * 2 + 16
        var source = input
        var offset = 0
        var isWhole = false
        let output = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            count = 0
            guard let target = buffer.baseAddress else { return }
            source.withUnsafeMutableBytes { bytes in
                var inPointer = bytes.bindMemory(to: CChar.self).baseAddress
                var inLeft = bytes.count
                target.withMemoryRebound(to: CChar.self, capacity: capacity) { start in
                    var outPointer: UnsafeMutablePointer<CChar>? = start
                    var outLeft = capacity
                    let result = iconv(descriptor, &inPointer, &inLeft, &outPointer, &outLeft)
                    isWhole = result != size_t.max && inLeft == 0
                    offset = bytes.count - inLeft
                    count = capacity - outLeft
                }
            }
        }
        return isWhole ? .converted(output) : .invalid(offset)
    }
}

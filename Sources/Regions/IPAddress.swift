import Effects

/// An IPv4 or IPv6 address as bytes; an IPv4 address written inside IPv6 (`::ffff:10.0.0.1`) is the IPv4 address.
package struct IPAddress: Hashable, Sendable {
    /// 4 or 16 bytes.
    package let bytes: [UInt8]

    /// Reads an address; none where the text is no address.
    package init?(_ text: String) {
        guard text.utf8.count <= 45 else { return nil }
        if text.contains(":") {
            guard let bytes = Self.version6(text) else { return nil }
            let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            self.bytes = isMapped ? Array(bytes[12...]) : bytes
        } else {
            guard let bytes = Self.version4(text) else { return nil }
            self.bytes = bytes
        }
    }

    /// Where a connection comes from, as far as connections of one origin are counted together: an IPv4 address, or of an
    /// IPv6 address the network of 64 bits, because whoever has one address has them all.
    package static func origin(of text: String?) -> String {
        guard let text, let address = IPAddress(text) else { return "unknown" }
        guard address.isVersion6 else { return address.bytes.map { "\($0)" }.joined(separator: ".") }
        let bytes = address.bytes
        let groups = stride(from: 0, to: 8, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        return groups.map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
    }

    package var isVersion6: Bool { bytes.count == 16 }

    private static func version4(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            let isPlain = part.utf8.allSatisfy { (0x30...0x39).contains($0) } && (part.count == 1 || part.first != "0")
            guard isPlain, let byte = UInt8(part) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func version6(_ text: String) -> [UInt8]? {
        guard let gap = doubleColon(in: text) else {
            let bytes = groups(text[...])
            return bytes?.count == 16 ? bytes : nil
        }
        let rest = text[gap.upperBound...]
        guard doubleColon(in: String(rest)) == nil, let head = groups(text[..<gap.lowerBound]), let tail = groups(rest),
            head.count + tail.count <= 14
        else { return nil }
        return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func doubleColon(in text: String) -> Range<String.Index>? {
        var index = text.startIndex
        while index < text.endIndex {
            let next = text.index(after: index)
            if next < text.endIndex, text[index] == ":", text[next] == ":" {
                return index..<text.index(after: next)
            }
            index = next
        }
        return nil
    }

    private static func groups(_ text: Substring) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains(".") {
                guard let last = version4(String(part)) else { return nil }
                bytes += last
            } else {
                let isPlain = (1...4).contains(part.utf8.count) && part.allSatisfy(\.isHexDigit)
                guard isPlain, let group = UInt16(part, radix: 16) else { return nil }
                bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
            }
        }
        return bytes.count <= 16 ? bytes : nil
    }
}

/// A range of addresses, written as one address or as `10.14.3.0/24`.
package struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    package let base: IPAddress
    package let prefixBits: Int

    /// Reads a range.
    ///
    /// - Throws: `config.badAddressRange`.
    package init(_ text: String) throws {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let base = IPAddress(String(first)) else { throw Self.bad(text) }
        let width = base.bytes.count * 8
        if parts.count == 2 {
            let isPlain =
                (1...3).contains(parts[1].utf8.count) && parts[1].utf8.allSatisfy { (0x30...0x39).contains($0) }
            guard isPlain, let bits = Int(parts[1]), bits <= width else { throw Self.bad(text) }
            prefixBits = bits
        } else {
            prefixBits = width
        }
        self.base = base
    }

    /// Whether an address lies in the range; an address of the other IP version never does.
    package func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == base.bytes.count else { return false }
        let whole = prefixBits / 8
        guard address.bytes[..<whole] == base.bytes[..<whole] else { return false }
        let rest = prefixBits % 8
        guard rest > 0 else { return true }
        return (address.bytes[whole] ^ base.bytes[whole]) >> UInt8(8 - rest) == 0
    }

    package var description: String {
        let text: String
        if base.isVersion6 {
            let groups = stride(from: 0, to: 16, by: 2).map { index in
                String(UInt16(base.bytes[index]) << 8 | UInt16(base.bytes[index + 1]), radix: 16)
            }
            text = groups.joined(separator: ":")
        } else {
            text = base.bytes.map { "\($0)" }.joined(separator: ".")
        }
        return prefixBits == base.bytes.count * 8 ? text : text + "/\(prefixBits)"
    }

    private static func bad(_ text: String) -> Failure {
        Failure(
            "config.badAddressRange", "\(NameForm.shown(text)) is not an IP address or a range of them",
            remedy: "write an address such as 10.14.3.21, or a range such as 10.14.3.0/24")
    }
}

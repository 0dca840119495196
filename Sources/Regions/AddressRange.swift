import Effects

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

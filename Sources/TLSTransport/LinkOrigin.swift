import NIOCore

/// Where a connection comes from, as far as connections of one origin are counted together.
enum LinkOrigin {
    /// An IPv4 address; of an IPv6 address the network of 64 bits, because whoever has one address has them all.
    static func name(of address: SocketAddress?) -> String {
        switch address {
        case .v4?: return address?.ipAddress ?? "unknown"
        case .v6(let address)?:
            let bytes = withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
            if bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] {
                return bytes.suffix(4).map { "\($0)" }.joined(separator: ".")
            }
            let groups = stride(from: 0, to: 8, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
            return groups.map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
        default: return "unknown"
        }
    }
}

import Effects

/// A host and a TCP port, written `host:port`, an IPv6 address in brackets: `[::1]:2575`.
package struct NetworkAddress: Hashable, Sendable, CustomStringConvertible {
    package var host: String
    /// 0 lets the system choose, where something listens.
    package var port: UInt16

    package init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Reads `host:port`.
    ///
    /// - Throws: `config.badAddress`.
    package init(_ text: String) throws {
        guard let colon = text.lastIndex(of: ":") else { throw Self.bad(text, "it has no port") }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else {
            throw Self.bad(text, "its port is not a number from 0 to 65535")
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
            guard IPAddress(host)?.isVersion6 == true else {
                throw Self.bad(text, "there is no IPv6 address in the brackets")
            }
        } else {
            guard Self.isHostName(host) else { throw Self.bad(text, "its host is neither a name nor an IPv4 address") }
        }
        self.init(host: host, port: port)
    }

    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    private static func isHostName(_ host: String) -> Bool {
        guard (1...253).contains(host.utf8.count) else { return false }
        return host.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                || byte == 0x2D || byte == 0x2E
        }
    }

    private static func bad(_ text: String, _ reason: String) -> Failure {
        Failure(
            "config.badAddress", "\(NameForm.shown(text)) is not a network address: \(reason)",
            remedy: "write host:port, for example 10.14.3.21:7443 or [fd00::21]:7443")
    }
}

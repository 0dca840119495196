import Effects
package import Links
package import Regions
import TLSTransport

/// The network of a test region: within the process, or TLS over loopback behind a switchboard.
///
/// Every node listens under its own name; which port a socket really got is the switchboard's affair.
package enum TestLinks: Sendable {
    case memory(MemoryNetwork)
    case tls(LinkSwitchboard)

    static let port = 7_443

    init(_ kind: TestOptions.LinkKind, time: any TimeSource) {
        switch kind {
        case .memory: self = .memory(MemoryNetwork(time: time))
        case .tls: self = .tls(LinkSwitchboard(time: time))
        }
    }

    package static func address(of node: NodeID) -> LinkAddress {
        LinkAddress(host: node.rawValue, port: port)
    }

    /// The network as the owner of a certificate sees it.
    ///
    /// - Parameter roots: the authority that the owner believes, as PEM text.
    package func transport(of identity: NodeIdentity, roots: String) throws -> any LinkTransport {
        let certificate = identity.certificate
        let region = try RegionID(certificate.identity.region)
        switch self {
        case .memory(let network):
            return network.transport(
                as: PeerIdentity(
                    region: region, node: identity.node, certificateSerial: certificate.identity.serial))
        case .tls(let board):
            let transport = try TLSLinkTransport(
                region: region,
                credentials: TLSCredentials(
                    certificate: certificate.certificatePEM, key: certificate.keyPEM, roots: roots))
            return SwitchboardTransport(node: identity.node, board: board, inner: transport)
        }
    }

    func cut(_ one: NodeID, _ other: NodeID) {
        switch self {
        case .memory(let network): network.cut(one, other)
        case .tls(let board): board.cut(one, other)
        }
    }

    func hold(_ one: NodeID, _ other: NodeID) {
        switch self {
        case .memory(let network): network.hold(one, other)
        case .tls(let board): board.hold(one, other)
        }
    }

    func heal(_ one: NodeID, _ other: NodeID) {
        switch self {
        case .memory(let network): network.heal(one, other)
        case .tls(let board): board.heal(one, other)
        }
    }

    package func delay(_ one: NodeID, _ other: NodeID, milliseconds: Int64) {
        switch self {
        case .memory(let network): network.delay(one, other, milliseconds: milliseconds)
        case .tls(let board): board.delay(one, other, milliseconds: milliseconds)
        }
    }
}

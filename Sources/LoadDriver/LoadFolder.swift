import Effects
import TLSTransport
import Trust

/// The folder through which the serving process hands the calling one its certificate.
struct LoadFolder {
    let path: String

    /// Makes an authority that nobody else knows, and what both ends need of it.
    func issue() throws {
        let world = World.system
        try world.disk.createDirectory(path, mode: 0o700)
        let authority = try RegionAuthority.create(regionID: LoadNode.region, validityDays: 2, world: world)
        try world.disk.write(authority.certificatePEM, to: "\(path)/ca.crt")
        for node in [LoadNode.server, LoadNode.client] {
            let issued = try authority.issue(node: node, validityDays: 1, world: world)
            try world.disk.write(issued.certificatePEM, to: "\(path)/\(node).crt")
            try world.disk.write(issued.keyPEM, to: "\(path)/\(node).key", mode: 0o600)
        }
    }

    func credentials(_ node: String) throws -> TLSCredentials {
        let disk = World.system.disk
        return TLSCredentials(
            certificate: try disk.readText("\(path)/\(node).crt"), key: try disk.readText("\(path)/\(node).key"),
            roots: try disk.readText("\(path)/ca.crt"))
    }
}

package import Destinations
package import Effects
import Trust

/// The clients of a node's destinations, by the names of the destinations.
package struct HospitalClients: Sendable {
    package let clients: [String: any DestinationClient]

    /// Makes the clients and reads the certificates of FHIR servers' authorities; nothing is dialled yet.
    ///
    /// - Parameter resolve: where a path of the node's file is.
    /// - Throws: `destination.certificate`, `disk.…`.
    package init(
        _ destinations: [Destination], resolve: @Sendable (String) -> String, world: World
    ) throws {
        var clients: [String: any DestinationClient] = [:]
        for destination in destinations {
            switch destination.way {
            case .mllp(let way):
                let security = way.authorityFile.map {
                    MLLPClient.Security(authorityFile: resolve($0), disk: world.disk)
                }
                clients[destination.name] = MLLPClient(way, security: security, time: world.time)
            case .fhir(let way):
                clients[destination.name] = try FHIRClient(
                    way, authorityFile: resolve(way.authorityFile), tokenFile: resolve(way.tokenFile), disk: world.disk,
                    time: world.time)
            }
        }
        self.clients = clients
    }

    /// Reads the certificates of all authorities again; what is on its way ends by the old ones.
    ///
    /// - Throws: `destination.certificate`, `disk.…`: the first that cannot be read, whose system keeps the old one. All
    ///   others are read.
    package func reload() throws {
        var first: (any Error)?
        for (_, client) in clients.sorted(by: { $0.key < $1.key }) {
            do {
                try (client as? MLLPClient)?.reload()
                try (client as? FHIRClient)?.reload()
            } catch { first = first ?? error }
        }
        if let first { throw first }
    }

    /// Closes every connection.
    package func close() async {
        for client in clients.values {
            if let client = client as? MLLPClient { client.close() }
            if let client = client as? FHIRClient { try? await client.close() }
        }
    }

    /// What of the destinations' files would keep messages from going, for whoever checks a configuration.
    package static func failures(
        _ destinations: [Destination], resolve: (String) -> String, disk: any Disk
    ) -> [Failure] {
        var failures: [Failure] = []
        func attempt(_ body: () throws -> Void) {
            do { try body() } catch let failure as Failure { failures.append(failure) } catch {
                failures.append(Failure("destination.certificate", "a destination's files cannot be used"))
            }
        }
        for destination in destinations {
            switch destination.way {
            case .mllp(let way):
                guard let file = way.authorityFile else { continue }
                attempt { _ = try DestinationTrust.context(resolve(file), disk: disk) }
            case .fhir(let way):
                attempt { _ = try DestinationTrust.context(resolve(way.authorityFile), disk: disk) }
                attempt { _ = try PrivateFile.read(resolve(way.tokenFile), disk: disk) }
            }
        }
        return failures
    }
}

package import Destinations
package import Effects
import Synchronization
import Trust

/// The clients of a node's destinations, by the names of the destinations.
package final class HospitalClients: Sendable {
    private struct State {
        var clients: [String: (way: Destination.Way, client: any DestinationClient)] = [:]
        /// Of destinations that the node's file names no more, or in another way.
        var retired: [any DestinationClient] = []
    }

    private let state = Mutex(State())
    private let resolve: @Sendable (String) -> String
    private let world: World

    /// Makes the clients and reads the certificates of FHIR servers' authorities; nothing is dialled yet.
    ///
    /// - Parameter resolve: where a path of the node's file is.
    /// - Throws: `destination.certificate`, `disk.…`.
    package init(
        _ destinations: [Destination], resolve: @escaping @Sendable (String) -> String, world: World
    ) throws {
        self.resolve = resolve
        self.world = world
        try replace(destinations)
    }

    package var clients: [String: any DestinationClient] { state.withLock { $0.clients.mapValues(\.client) } }

    /// Makes the clients of other destinations; whoever is reached as before keeps its client with its connection.
    ///
    /// - Throws: `destination.certificate`, `disk.…`: then everything stays as it was.
    package func replace(_ destinations: [Destination]) throws {
        let known = state.withLock { $0.clients }
        var clients: [String: (way: Destination.Way, client: any DestinationClient)] = [:]
        for destination in destinations {
            let way = destination.way
            if let old = known[destination.name], old.way == way {
                clients[destination.name] = old
            } else {
                clients[destination.name] = (way, try client(way))
            }
        }
        let new = clients
        state.withLock { state in
            state.retired += known.filter { new[$0.key]?.way != $0.value.way }.map(\.value.client)
            state.clients = new
        }
    }

    private func client(_ way: Destination.Way) throws -> any DestinationClient {
        switch way {
        case .mllp(let way):
            let security = way.authorityFile.map { MLLPClient.Security(authorityFile: resolve($0), disk: world.disk) }
            return MLLPClient(way, security: security, time: world.time)
        case .fhir(let way):
            return try FHIRClient(
                way, authorityFile: resolve(way.authorityFile), tokenFile: resolve(way.tokenFile), disk: world.disk,
                time: world.time)
        }
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
        await closeRetired()
        for client in clients.values { await Self.close(client) }
    }

    /// Closes the connections of those that were replaced.
    package func closeRetired() async {
        let retired = state.withLock { state in
            defer { state.retired = [] }
            return state.retired
        }
        for client in retired { await Self.close(client) }
    }

    private static func close(_ client: any DestinationClient) async {
        if let client = client as? MLLPClient { client.close() }
        if let client = client as? FHIRClient { try? await client.close() }
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

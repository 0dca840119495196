import Effects
import Links
import Logging
import Regions
import Synchronization
import Testing
import Wire

/// A city and its county on a network within the process, with time that the test advances.
private final class TwoNodes: Sendable {
    let time = ManualTime()
    let network: MemoryNetwork
    let world: World
    let revoked = Mutex<Set<String>>([])
    let children = Mutex<[NodeID: Neighbour]>([:])
    let events = Mutex<[String]>([])
    let parentAddress = Mutex<LinkAddress?>(nil)
    /// Those of whom the city has asked whether they are its neighbours: they have said who they are.
    let known = Mutex<Set<NodeID>>([])
    let cityID: NodeID
    let countyID: NodeID
    let gate = Wakeup()
    /// Calls that the city's desk has begun to answer and waits with, and those whose task was cancelled.
    let begun = Mutex(0)
    let cancelled = Mutex(0)

    init() throws {
        network = MemoryNetwork(time: time)
        world = World(
            time: time, random: SeededRandom(seed: 5), disk: MemoryDisk(), makeWorker: { _ in InlineWorker() })
        cityID = try NodeID("city")
        countyID = try NodeID("pingding")
        children.withLock { $0[countyID] = Neighbour(relation: .child, tier: .county) }
    }

    func note(_ text: String) { events.withLock { $0.append(text) } }
    var noted: [String] { events.withLock { $0 } }

    func policy(_ node: NodeID, _ tier: Tier) throws -> LinkPolicy {
        let isCity = node == cityID
        return LinkPolicy(
            region: try RegionID("yangquan"), node: node, tier: tier, release: "1", methodNumbers: [1],
            codecs: [.none, .zlib, .zstd], configurationVersion: { 3 },
            parent: { [self] in
                isCity ? nil : parentAddress.withLock { $0 }.map { .init(node: cityID, addresses: [$0]) }
            },
            neighbour: { [self] peer in
                guard isCity else { return peer == cityID ? Neighbour(relation: .parent, tier: .city) : nil }
                known.withLock { _ = $0.insert(peer) }
                return children.withLock { $0[peer] }
            },
            neighbours: { [self] in isCity ? children.withLock { Array($0.keys) } : [cityID] },
            isRevoked: { [self] serial in revoked.withLock { $0.contains(serial) } })
    }

    func hub(_ node: NodeID, _ tier: Tier, certificate: PeerIdentity? = nil) throws -> LinkHub {
        let own = try certificate ?? identity(node.rawValue, serial: "serial-of-\(node)")
        return LinkHub(
            policy: try policy(node, tier), transport: network.transport(as: own), world: world, logger: .silent,
            onCall: { [self] call in
                switch call.method {
                case 1: return .value(call.arguments + Array(call.caller.rawValue.utf8))
                case 2: return .refused(CallRefusal(of: Failure("toy.no", "no"), correlation: call.correlation))
                default:
                    begun.withLock { $0 += 1 }
                    await gate.wait()
                    if Task.isCancelled { cancelled.withLock { $0 += 1 } }
                    return .value([])
                }
            },
            onEvent: { [self] event in
                switch event {
                case .up(let facts): note("\(node) up \(facts.node)")
                case .down(let peer, let ending): note("\(node) down \(peer) \(ending.reason)")
                case .refused(let ending, _, let peer):
                    note("\(node) refused \(ending.reason) \(peer?.rawValue ?? "-")")
                }
            })
    }

    func isUp(_ hub: LinkHub, _ peer: NodeID) -> Bool { hub.status(of: peer).state == .up }

    /// Lets time pass in small steps until something holds.
    func passTime(_ what: Comment, until condition: @Sendable () -> Bool) async {
        for _ in 0..<40_000 {
            if condition() { return }
            time.advance(milliseconds: 50)
            for _ in 0..<20 { await Task.yield() }
        }
        Issue.record(what)
    }

    /// Runs both hubs while `body` runs.
    func run(_ hubs: [LinkHub], _ body: () async throws -> Void) async rethrows {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for hub in hubs { group.addTask { await hub.run() } }
            defer { for hub in hubs { hub.stop() } }
            try await body()
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct LinkHubTests {
    private func connected(
        _ body: (TwoNodes, _ city: LinkHub, _ county: LinkHub) async throws -> Void
    ) async throws {
        let nodes = try TwoNodes()
        let city = try nodes.hub(nodes.cityID, .city)
        let county = try nodes.hub(nodes.countyID, .county)
        let address = try await city.listen(on: LinkAddress(host: "city", port: 0))
        nodes.parentAddress.withLock { $0 = address }
        try await nodes.run([city, county]) {
            await eventually("both have a link") {
                nodes.isUp(city, nodes.countyID) && nodes.isUp(county, nodes.cityID)
            }
            try await body(nodes, city, county)
        }
    }

    private func call(
        _ hub: LinkHub, _ peer: NodeID, method: UInt16 = 1, lane: Lane = .clinical, milliseconds: Int64 = 5_000
    ) async throws -> String {
        let bytes = try await hub.call(
            to: peer, method: method, target: "toy", arguments: Array("hello ".utf8), lane: lane,
            deadlineMilliseconds: milliseconds, correlation: "01")
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The code of the failure that a call ends with.
    private func failure(
        of hub: LinkHub, _ peer: NodeID, method: UInt16, milliseconds: Int64 = 5_000
    ) async -> Failure.Code? {
        do {
            _ = try await call(hub, peer, method: method, milliseconds: milliseconds)
            return nil
        } catch let failure as Failure {
            return failure.code
        } catch {
            return error is CancellationError ? "cancelled" : "other"
        }
    }

    @Test func bothSidesCallOverTheOneLink() async throws {
        try await connected { nodes, city, county in
            let answer1 = try await call(county, nodes.cityID)
            #expect(answer1 == "hello pingding")
            let answer2 = try await call(city, nodes.countyID)
            #expect(answer2 == "hello city")
            #expect(county.facts(of: nodes.cityID)?.configurationVersion == 3)
            #expect(county.status().map(\.peer) == [nodes.cityID])
            #expect(city.status(of: nodes.countyID).bytesIn > 0)
        }
    }

    @Test func aDesksRefusalArrivesAsItsFailure() async throws {
        try await connected { nodes, _, county in
            await #expect(throws: Failure("toy.no", "")) { try await call(county, nodes.cityID, method: 2) }
        }
    }

    @Test func aStrangerIsNotCalled() async throws {
        try await connected { _, city, _ in
            let stranger = try NodeID("stranger")
            await #expect(throws: Failure("call.notANeighbour", "")) { try await call(city, stranger) }
        }
    }

    @Test func aCallWithoutAnswerFailsAtItsDeadline() async throws {
        try await connected { nodes, _, county in
            async let code = failure(of: county, nodes.cityID, method: 3, milliseconds: 1_000)
            await eventually("the desk is at it") { nodes.begun.withLock { $0 } == 1 }
            await nodes.passTime("the deadline passes") { county.status(of: nodes.cityID).callsInFlight == 0 }
            #expect(await code == "call.deadlineExceeded")
            await eventually("the desk's task was cancelled") { nodes.cancelled.withLock { $0 } == 1 }
        }
    }

    @Test func aCallersCancellationReachesTheDesk() async throws {
        try await connected { nodes, _, county in
            await withTaskGroup(of: Failure.Code?.self) { group in
                group.addTask { await failure(of: county, nodes.cityID, method: 3) }
                await eventually("the desk is at it") { nodes.begun.withLock { $0 } == 1 }
                group.cancelAll()
                let code = await group.next()
                #expect(code == "cancelled")
            }
            await eventually("the desk's task was cancelled") { nodes.cancelled.withLock { $0 } == 1 }
        }
    }

    @Test func aBrokenLinkFailsItsCallsAndIsDialledAgain() async throws {
        try await connected { nodes, city, county in
            async let code = failure(of: county, nodes.cityID, method: 3)
            await eventually("the call is under way") { county.status(of: nodes.cityID).callsInFlight == 1 }
            nodes.network.cut(nodes.cityID, nodes.countyID)
            #expect(await code == "call.notReachable")
            await eventually("both see it down") {
                !nodes.isUp(city, nodes.countyID) && !nodes.isUp(county, nodes.cityID)
            }
            await #expect(throws: Failure("call.notReachable", "")) { try await call(county, nodes.cityID) }
            await nodes.passTime("a further attempt fails") {
                nodes.noted.filter { $0 == "pingding refused unreachable city" }.count > 3
            }
            #expect(county.status(of: nodes.cityID).explanation.contains("cut"))
            nodes.network.heal(nodes.cityID, nodes.countyID)
            await nodes.passTime("the link is back") { nodes.isUp(county, nodes.cityID) }
            await eventually("the city has it") { nodes.isUp(city, nodes.countyID) }
            let answer3 = try await call(city, nodes.countyID)
            #expect(answer3 == "hello city")
        }
    }

    @Test func aSilentWayIsNoticedByItsHeartbeats() async throws {
        try await connected { nodes, city, county in
            nodes.network.hold(nodes.cityID, nodes.countyID)
            await nodes.passTime("the link is given up") { nodes.noted.contains("pingding down city idle") }
            nodes.network.heal(nodes.cityID, nodes.countyID)
            await nodes.passTime("the link is back") {
                nodes.isUp(county, nodes.cityID) && nodes.isUp(city, nodes.countyID)
            }
        }
    }

    @Test func aSlowWayIsSeenInTheRoundTrip() async throws {
        try await connected { nodes, _, county in
            nodes.network.delay(nodes.cityID, nodes.countyID, milliseconds: 300)
            await nodes.passTime("a heartbeat has come back") {
                (county.status(of: nodes.cityID).roundTripMilliseconds ?? 0) >= 600
            }
        }
    }

    @Test func aRevokedPeerLosesItsLinkAndGetsNoNewOne() async throws {
        try await connected { nodes, city, county in
            nodes.revoked.withLock { _ = $0.insert("serial-of-pingding") }
            city.recheck()
            await eventually("the link is closed") { !nodes.isUp(city, nodes.countyID) }
            await nodes.passTime("the next attempt is refused") {
                nodes.noted.contains("city refused revoked pingding")
            }
            #expect(!nodes.isUp(county, nodes.cityID))
            await eventually("the county knows why") {
                county.status(of: nodes.cityID).lastError?.contains("revoked") == true
            }
        }
    }

    @Test func whoIsNoNeighbourAnyMoreLosesItsLink() async throws {
        try await connected { nodes, city, _ in
            nodes.children.withLock { $0[nodes.countyID] = nil }
            city.recheck()
            await eventually("the link is closed") { nodes.noted.contains("city down pingding notANeighbour") }
        }
    }

    @Test func theNewestLinkOfAPeerWins() async throws {
        try await connected { nodes, city, _ in
            let second = try nodes.hub(nodes.countyID, .county)
            await nodes.run([second]) {
                await eventually("the older one is superseded") {
                    nodes.noted.contains("city down pingding superseded")
                }
                await eventually("the newer one is up") { nodes.isUp(second, nodes.cityID) }
            }
            let ofCity = nodes.noted.filter { $0.hasPrefix("city ") }
            #expect(
                Array(ofCity.prefix(3)) == ["city up pingding", "city down pingding superseded", "city up pingding"])
        }
    }

    @Test func aNodeThatClaimsAnothersIdIsRefused() async throws {
        let nodes = try TwoNodes()
        let city = try nodes.hub(nodes.cityID, .city)
        let address = try await city.listen(on: LinkAddress(host: "city", port: 0))
        nodes.parentAddress.withLock { $0 = address }
        let impostor = try nodes.hub(nodes.countyID, .county, certificate: identity("yuxian", serial: "9"))
        await nodes.run([city, impostor]) {
            await eventually("it is refused") { nodes.noted.contains("city refused identityMismatch yuxian") }
            #expect(city.status().allSatisfy { $0.state == .down })
        }
    }

    @Test func aNeighbourThatNeverHadALinkHasNoneSinceTheStart() throws {
        let nodes = try TwoNodes()
        let city = try nodes.hub(nodes.cityID, .city)
        let start = nodes.time.wallTime
        for _ in 0..<3 {
            nodes.time.advance(milliseconds: 60_000)
            #expect(city.status(of: nodes.countyID).since == start, "and not since somebody asked")
        }
    }

    @Test func whoSaysNothingIsDroppedAfterTheHandshakesTime() async throws {
        let nodes = try TwoNodes()
        let city = try nodes.hub(nodes.cityID, .city)
        let address = try await city.listen(on: LinkAddress(host: "city", port: 0))
        let silent = nodes.network.transport(as: try identity("pingding"))
        try await nodes.run([city]) {
            var connection = try await silent.connect(to: address)
            var refused = 1
            await nodes.passTime("it is dropped") { nodes.noted.count == 1 }
            // Where the city's task had no turn while that time passed, it did not come to ask who is there.
            while nodes.noted.last == "city refused handshakeTimeout -", refused < 100 {
                refused += 1
                connection = try await silent.connect(to: address)
                await nodes.passTime("it is dropped") { [refused] in nodes.noted.count == refused }
            }
            #expect(nodes.noted.last == "city refused handshakeTimeout pingding")
            var last: [UInt8] = []
            while let bytes = try await connection.receive() { last += bytes }
            #expect(last.dropFirst(4).first == FrameType.refuse.rawValue)
        }
    }

    @Test func handshakesUnderWayAreCountedAndTheOldestMakesRoom() async throws {
        let nodes = try TwoNodes()
        let city = try nodes.hub(nodes.cityID, .city)
        let address = try await city.listen(on: LinkAddress(host: "city", port: 0))
        try await nodes.run([city]) {
            var open: [any LinkConnection] = []
            for number in 0..<Limits.halfOpenLinks {
                let silent = nodes.network.transport(as: try identity("silent-\(number)"))
                open.append(try await silent.connect(to: address))
            }
            await eventually("all places are taken") { city.load.halfOpen == Limits.halfOpenLinks }
            await eventually("all have said who they are") {
                nodes.known.withLock { $0.count } == Limits.halfOpenLinks
            }
            let late = nodes.network.transport(as: try identity("late"))
            open.append(try await late.connect(to: address))
            await eventually("one more is refused") { nodes.noted.contains("city refused tooManyLinks -") }
            nodes.time.advance(milliseconds: Limits.halfOpenGraceMilliseconds)
            open.append(try await late.connect(to: address))
            await eventually("the oldest has made room") {
                nodes.noted.contains("city refused tooManyLinks silent-0")
            }
            #expect(city.load.halfOpen == Limits.halfOpenLinks)
            #expect(city.load.refusals["tooManyLinks"] == 2)
            for connection in open { connection.close(sending: []) }
            await eventually("all places are free again") { city.load.halfOpen == 0 }
        }
    }

    @Test func oneCertificateDoesNotTakeManyPlaces() async throws {
        let nodes = try TwoNodes()
        let city = try nodes.hub(nodes.cityID, .city)
        let address = try await city.listen(on: LinkAddress(host: "city", port: 0))
        let silent = nodes.network.transport(as: try identity("pingding"))
        try await nodes.run([city]) {
            var open: [any LinkConnection] = []
            for _ in 0...Limits.linksPerIdentity { open.append(try await silent.connect(to: address)) }
            await eventually("one more is refused") { nodes.noted.contains("city refused tooManyOfIdentity pingding") }
            // Their handshakes run side by side: it is any one of them. No time passes, so no other one ends by itself.
            let last = await withTaskGroup(of: [UInt8].self) { [open] group in
                for connection in open {
                    group.addTask {
                        var last: [UInt8] = []
                        while let bytes = try? await connection.receive() { last += bytes }
                        return last
                    }
                }
                let last = await group.next() ?? []
                for connection in open { connection.close(sending: []) }
                return last
            }
            #expect(last.dropFirst(4).first == FrameType.refuse.rawValue, "it is told why")
            #expect(nodes.noted.count { $0.hasPrefix("city refused tooManyOfIdentity") } == 1)
        }
    }

    @Test func aNodeThatStopsSaysGoodbye() async throws {
        try await connected { nodes, city, _ in
            city.stop()
            await eventually("the county is told") { nodes.noted.contains("pingding down city shuttingDown") }
        }
    }

    @Test func bytesThatAreNoFramesCloseThatLinkOnly() async throws {
        try await connected { nodes, city, county in
            let other = try NodeID("yuxian")
            nodes.children.withLock { $0[other] = Neighbour(relation: .child, tier: .county) }
            let listening = nodes.parentAddress.withLock { $0 }
            let address = try #require(listening)
            let hostile = try await nodes.network.transport(as: identity("yuxian")).connect(to: address)
            try await hostile.send([0xFF, 0xFF, 0xFF, 0xFF])
            await eventually("it is refused") { nodes.noted.contains("city refused frameTooLong yuxian") }
            let answer4 = try await call(county, nodes.cityID)
            #expect(answer4 == "hello pingding")
            #expect(nodes.isUp(city, nodes.countyID))
        }
    }
}

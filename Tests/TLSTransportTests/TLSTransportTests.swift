import Effects
import Links
import Regions
import TLSTransport
import Testing
import Trust
import Wire

@Suite(.timeLimit(.minutes(1))) struct TLSTransportTests {
    private let loopback = LinkAddress(host: "127.0.0.1", port: 0)

    @Test func twoNodesCallEachOtherOverLoopback() async throws {
        let region = try Throwaway()
        let city = try TLSNode("city", .city, transport: region.transport("city"), child: "pingding")
        let address = try await city.hub.listen(on: loopback)
        #expect(address.port > 0)
        let county = try TLSNode(
            "pingding", .county, transport: region.transport("pingding"), parent: ("city", address))
        try await running([city, county]) {
            try await soon("both have a link") { city.isUp("pingding") && county.isUp("city") }
            for size in [0, 10, 100_000, 6 << 20] {
                let arguments = Array(repeating: UInt8(size % 251), count: size)
                for (from, to) in [(county, city), (city, county)] {
                    let answer = try await from.hub.call(
                        to: to.node, method: 1, target: "echo", arguments: arguments, lane: .bulk,
                        deadlineMilliseconds: 20_000, correlation: "01")
                    #expect(answer == arguments)
                }
            }
        }
        #expect(county.events.first == "up city")
        #expect(city.events.first == "up pingding")
    }

    @Test(arguments: [false, true]) func manyCallsAtOnceAreAllAnswered(areShort: Bool) async throws {
        let region = try Throwaway()
        let city = try TLSNode(
            "city", .city, transport: region.transport("city"), child: "pingding", shortMethods: areShort ? [1] : [])
        let address = try await city.hub.listen(on: loopback)
        let county = try TLSNode(
            "pingding", .county, transport: region.transport("pingding"), parent: ("city", address))
        try await running([city, county]) {
            try await soon("the county has a link") { county.isUp("city") }
            let total = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<300 {
                    group.addTask {
                        try await county.hub.call(
                            to: city.node, method: 1, target: "echo",
                            arguments: Array(repeating: 1, count: number * 500),
                            lane: Lane.allCases[number % 3], deadlineMilliseconds: 120_000, correlation: "01"
                        ).count
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(total == (0..<300).reduce(0) { $0 + $1 * 500 })
            #expect(city.begun == (areShort ? (300, 0) : (0, 300)))
        }
    }

    @Test(arguments: [[], [1], [TLSNode.waitingMethod], [1, TLSNode.waitingMethod]])
    func callsThatWaitForSomethingHoldNobodyUp(short: Set<UInt16>) async throws {
        let region = try Throwaway()
        let city = try TLSNode(
            "city", .city, transport: region.transport("city"), child: "pingding", shortMethods: short)
        let address = try await city.hub.listen(on: loopback)
        let county = try TLSNode(
            "pingding", .county, transport: region.transport("pingding"), parent: ("city", address))
        @Sendable func call(_ method: UInt16, _ number: UInt8) async throws -> [UInt8] {
            try await county.hub.call(
                to: city.node, method: method, target: "echo", arguments: [number], lane: .clinical,
                deadlineMilliseconds: 20_000, correlation: "01")
        }
        try await running([city, county]) {
            try await soon("the county has a link") { county.isUp("city") }
            try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for number in 0..<40 as Range<UInt8> {
                    group.addTask { try await call(TLSNode.waitingMethod, number) }
                }
                try await soon("they wait") { county.hub.status(of: city.node).callsInFlight == 40 }
                for number in 0..<50 as Range<UInt8> { #expect(try await call(1, number) == [number]) }
                let others = try await withThrowingTaskGroup(of: [UInt8].self) { others in
                    for number in 0..<200 as Range<UInt8> { others.addTask { try await call(1, number) } }
                    return try await others.reduce(into: 0) { count, _ in count += 1 }
                }
                #expect(others == 200)
                #expect(county.hub.status(of: city.node).callsInFlight == 40)
                group.cancelAll()
                // The calls were given up; nobody is interested in how they end.
                while let result = await group.nextResult() { _ = result }
            }
            try await soon("nobody answers them any more") { city.hub.status(of: county.node).callsInFlight == 0 }
        }
    }

    @Test func aCertificateOfAnotherAuthorityIsRefused() async throws {
        let region = try Throwaway()
        let foreign = try Throwaway()
        let city = try TLSNode("city", .city, transport: region.transport("city"), child: "pingding")
        let address = try await city.hub.listen(on: loopback)
        let county = try TLSNode(
            "pingding", .county, transport: foreign.transport("pingding", trusting: region.authority),
            parent: ("city", address))
        try await running([city, county]) {
            try await soon("the city refuses it") { city.events.contains("refused notAuthenticated -") }
            #expect(!city.isUp("pingding") && !county.isUp("city"))
        }
    }

    @Test func aListenerOfAnotherAuthorityIsRefusedByWhoDials() async throws {
        let region = try Throwaway()
        let foreign = try Throwaway()
        let city = try TLSNode(
            "city", .city, transport: foreign.transport("city", trusting: region.authority), child: "pingding")
        let address = try await city.hub.listen(on: loopback)
        let county = try TLSNode(
            "pingding", .county, transport: region.transport("pingding"), parent: ("city", address))
        try await running([city, county]) {
            try await soon("the county refuses it") { county.events.contains("refused notAuthenticated city") }
            #expect(county.hub.status().first?.explanation.contains("this node's ca.crt") == true)
        }
    }

    @Test func aCertificateOfAnotherRegionIsRefusedEvenOfATrustedAuthority() async throws {
        let region = try Throwaway()
        let foreign = try Throwaway(region: "taiyuan")
        let own = try region.credentials("city").0
        let trusting = TLSCredentials(
            certificate: own.certificate, key: own.key, roots: own.roots + foreign.authority.certificatePEM)
        let listener = try await TLSLinkTransport(region: region.region, credentials: trusting).listen(on: loopback)
        let dialler = try foreign.transport("city", trusting: region.authority)
        let outgoing = try await dialler.connect(to: listener.address)
        let incoming = try #require(try await listener.accept())
        let ending = await #expect(throws: LinkEnding.self) { try await incoming.authenticate() }
        #expect(ending?.reason == .wrongRegion)
        outgoing.close(sending: [])
        listener.close()
    }

    @Test func aNodeThatClaimsAnothersIdIsRefused() async throws {
        let region = try Throwaway()
        let city = try TLSNode("city", .city, transport: region.transport("city"), child: "pingding")
        let address = try await city.hub.listen(on: loopback)
        let impostor = try TLSNode(
            "pingding", .county, transport: region.transport("yuxian"), parent: ("city", address))
        try await running([city, impostor]) {
            try await soon("it is refused") { city.events.contains("refused identityMismatch yuxian") }
            #expect(!city.isUp("pingding"))
            try await soon("it is told") {
                impostor.hub.status().first?.lastError?.contains("identityMismatch") == true
            }
        }
    }

    @Test func aFrameLongerThanTheLimitClosesThatLinkOnly() async throws {
        let region = try Throwaway()
        let city = try TLSNode("city", .city, transport: region.transport("city"), child: "pingding")
        let address = try await city.hub.listen(on: loopback)
        let county = try TLSNode(
            "pingding", .county, transport: region.transport("pingding"), parent: ("city", address))
        try await running([city, county]) {
            try await soon("both have a link") { city.isUp("pingding") && county.isUp("city") }
            let hostile = try await region.transport("yuxian").connect(to: address)
            _ = try await hostile.authenticate()
            try await hostile.send([0x7F, 0xFF, 0xFF, 0xFF, 1, 2, 3])
            try await soon("it is refused") { city.events.contains("refused frameTooLong yuxian") }
            let answer = try await county.hub.call(
                to: city.node, method: 1, target: "echo", arguments: [5], lane: .clinical,
                deadlineMilliseconds: 5_000, correlation: "01")
            #expect(answer == [5])
            hostile.close(sending: [])
        }
    }

    @Test func newCredentialsServeNewConnections() async throws {
        let region = try Throwaway()
        let transport = try region.transport("city")
        let listener = try await transport.listen(on: loopback)
        let dialler = try region.transport("pingding")
        func serialSeen() async throws -> String {
            let outgoing = try await dialler.connect(to: listener.address)
            let incoming = try #require(try await listener.accept())
            let seen = try await outgoing.authenticate()
            #expect(try await incoming.authenticate().node.rawValue == "pingding")
            outgoing.close(sending: [])
            incoming.close(sending: [])
            return seen.certificateSerial
        }
        let before = try await serialSeen()
        let (fresh, serial) = try region.credentials("city")
        try transport.reload(fresh)
        #expect(try await serialSeen() == serial)
        #expect(before != serial)
        #expect(throws: Failure("cert.unusable", "")) {
            try transport.reload(TLSCredentials(certificate: "", key: "", roots: ""))
        }
        #expect(try await serialSeen() == serial)
        listener.close()
    }

    @Test func newCredentialsCutNoLinkAndAreReallyServed() async throws {
        let region = try Throwaway()
        let transport = try region.transport("city")
        let city = try TLSNode("city", .city, transport: transport, child: "pingding", otherChild: "yuxian")
        let address = try await city.hub.listen(on: loopback)
        let old = try TLSNode("pingding", .county, transport: region.transport("pingding"), parent: ("city", address))
        let new = try TLSNode("yuxian", .county, transport: region.transport("yuxian"), parent: ("city", address))
        try await running([city, old]) {
            try await soon("the first county has a link") { city.isUp("pingding") && old.isUp("city") }
            let before = try #require(old.hub.facts(of: city.node)?.identity.certificateSerial)
            let since = city.hub.status(of: old.node).since
            let (fresh, serial) = try region.credentials("city")
            try transport.reload(fresh)
            try await running([new]) {
                try await soon("the second county has a link") { city.isUp("yuxian") && new.isUp("city") }
                #expect(new.hub.facts(of: city.node)?.identity.certificateSerial == serial)
                #expect(serial != before)
                let answer = try await old.hub.call(
                    to: city.node, method: 1, target: "echo", arguments: [9], lane: .clinical,
                    deadlineMilliseconds: 5_000, correlation: "01")
                #expect(answer == [9])
                #expect(city.hub.status(of: old.node).since == since, "the first link is the one that it was")
                #expect(!city.events.contains { $0.hasPrefix("down pingding") })
            }
        }
    }

    @Test func aSenderWaitsForAReceiverThatTakesNothing() async throws {
        let region = try Throwaway()
        let listener = try await region.transport("city").listen(on: loopback)
        let outgoing = try await region.transport("pingding").connect(to: listener.address)
        let incoming = try #require(try await listener.accept())
        _ = try await outgoing.authenticate()
        _ = try await incoming.authenticate()
        let pieces = 1_000
        try await withThrowingTaskGroup(of: Int?.self) { group in
            group.addTask {
                for _ in 0..<pieces { try await outgoing.send(Array(repeating: 7, count: 32 << 10)) }
                return nil
            }
            group.addTask {
                // Nobody receives for a while: 32 MB do not fit what the connection and the kernel may hold.
                try await tlsWorld.time.sleep(milliseconds: 300)
                return 1
            }
            let first = try await group.next() ?? nil
            #expect(first == 1, "everything was sent though nobody received")
            var received = 0
            while received < pieces * (32 << 10), let bytes = try await incoming.receive() { received += bytes.count }
            #expect(received == pieces * (32 << 10))
            try await group.waitForAll()
        }
        outgoing.close(sending: [])
        incoming.close(sending: [])
        listener.close()
    }

    @Test func nobodyThereIsUnreachable() async throws {
        let region = try Throwaway()
        let listener = try await region.transport("city").listen(on: loopback)
        let address = listener.address
        await #expect(throws: Failure("link.cannotListen", "")) {
            try await region.transport("city").listen(on: address)
        }
        listener.close()
        try await soon("the port is free") {
            do {
                let connection = try await region.transport("pingding").connect(to: address)
                connection.close(sending: [])
                return false
            } catch { return error as? Failure == Failure("link.unreachable", "") }
        }
    }
}

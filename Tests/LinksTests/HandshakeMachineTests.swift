import Effects
import Links
import Regions
import Testing
import Wire

@Suite struct HandshakeMachineTests {
    /// A county that dials its city, with one thing of either side made wrong.
    private struct Case: Sendable, CustomTestStringConvertible {
        var reason: LinkReason
        var testDescription: String { reason.name }
        var change: @Sendable (inout Pair) throws -> Void
    }

    private struct Pair {
        var countyOffer: HandshakeMachine.Offer
        var cityOffer: HandshakeMachine.Offer
        var countySees: HandshakeMachine.Expectation
        var citySees: HandshakeMachine.Expectation

        init() throws {
            func policy(_ node: String, _ tier: Tier) throws -> LinkPolicy {
                LinkPolicy(
                    region: try RegionID("yangquan"), node: try NodeID(node), tier: tier, release: "1",
                    methodNumbers: [1, 2], codecs: [.none, .zlib, .zstd], configurationVersion: { 4 }, parent: { nil },
                    neighbour: { _ in nil }, neighbours: { [] }, isRevoked: { _ in false })
            }
            countyOffer = HandshakeMachine.Offer(try policy("pingding", .county))
            cityOffer = HandshakeMachine.Offer(try policy("city", .city))
            countySees = .init(
                certificate: try identity("city"), neighbour: Neighbour(relation: .parent, tier: .city),
                isRevoked: false, dialledNode: try NodeID("city"))
            citySees = .init(
                certificate: try identity("pingding"), neighbour: Neighbour(relation: .child, tier: .county),
                isRevoked: false)
        }
    }

    private struct Outcome {
        var county: HandshakeMachine.Action?
        var city: HandshakeMachine.Action?
    }

    /// Runs both machines against each other; each frame takes 10 ms, the city's clock is 3,000 ms ahead.
    private func run(_ pair: Pair) -> Outcome {
        var now: Int64 = 1_000_000
        var county = HandshakeMachine(.dialler, offer: pair.countyOffer, expectation: pair.countySees)
        var city = HandshakeMachine(.listener, offer: pair.cityOffer, expectation: pair.citySees)
        var outcome = Outcome()
        var toCity: [Frame] = []
        var toCounty: [Frame] = []
        func sort(_ actions: [HandshakeMachine.Action], _ frames: inout [Frame], _ end: inout HandshakeMachine.Action?)
        {
            for action in actions {
                if case .send(let frame) = action { frames.append(frame) } else { end = action }
            }
        }
        sort(city.start(wallTime: WallTime(milliseconds: now + 3_000)), &toCounty, &outcome.city)
        sort(county.start(wallTime: WallTime(milliseconds: now)), &toCity, &outcome.county)
        while !toCity.isEmpty || !toCounty.isEmpty {
            now += 10
            for frame in toCity.splice() {
                sort(
                    city.receive(frame, wallTime: WallTime(milliseconds: now + 3_000)), &toCounty, &outcome.city)
            }
            now += 10
            for frame in toCounty.splice() {
                sort(county.receive(frame, wallTime: WallTime(milliseconds: now)), &toCity, &outcome.county)
            }
        }
        return outcome
    }

    @Test func twoNeighboursAgree() throws {
        let outcome = run(try Pair())
        guard case .established(let city) = outcome.county, case .established(let county) = outcome.city else {
            Issue.record("\(outcome)")
            return
        }
        #expect(city.clockDifferenceMilliseconds == 3_000)
        #expect(county.clockDifferenceMilliseconds == -3_000)
        #expect(city.methodNumbers == [1, 2])
        #expect(city.codecs == [.none, .zlib, .zstd])
        #expect(county.configurationVersion == 4)
        #expect(county.node.rawValue == "pingding")
    }

    @Test func theHighestCommonVersionIsSpoken() throws {
        var pair = try Pair()
        pair.countyOffer.protocols = 1...4
        pair.cityOffer.protocols = 2...9
        guard case .established(let facts) = run(pair).city else {
            Issue.record("no link")
            return
        }
        #expect(facts.protocolVersion == 4)
    }

    @Test func zlibIsSpokenEvenWhereAPeerDoesNotSaySo() throws {
        var pair = try Pair()
        pair.countyOffer.codecs = []
        guard case .established(let facts) = run(pair).city else {
            Issue.record("no link")
            return
        }
        #expect(facts.codecs == [.none, .zlib])
    }

    @Test func whatAPeerReadsDoesNotDependOnWhatIsOffered() throws {
        var pair = try Pair()
        pair.countyOffer.codecs = [.zlib]
        guard case .established(let facts) = run(pair).county else {
            Issue.record("no link")
            return
        }
        #expect(facts.codecs == [.none, .zlib, .zstd])
    }

    private static let refusedByCity: [Case] = [
        Case(reason: .protocolVersion) { $0.countyOffer.protocols = 7...9 },
        Case(reason: .wrongRegion) { $0.countyOffer.region = try RegionID("taiyuan") },
        Case(reason: .wrongRegion) { $0.citySees.certificate.region = try RegionID("taiyuan") },
        Case(reason: .identityMismatch) { $0.countyOffer.node = try NodeID("yuxian") },
        Case(reason: .revoked) { $0.citySees.isRevoked = true },
        Case(reason: .notANeighbour) { $0.citySees.neighbour = nil },
        Case(reason: .tierMismatch) { $0.countyOffer.tier = .city },
        Case(reason: .malformed) { $0.countyOffer.methodNumbers = Array(repeating: 1, count: 5_000) },
    ]

    @Test(arguments: refusedByCity) private func theListenerRefuses(_ refused: Case) throws {
        var pair = try Pair()
        try refused.change(&pair)
        let outcome = run(pair)
        guard case .failed(let told) = outcome.county, case .failed(let said) = outcome.city else {
            Issue.record("\(outcome)")
            return
        }
        #expect(said.reason == refused.reason)
        #expect(told.reason == refused.reason)
        #expect(told.saidByPeer && !said.saidByPeer)
    }

    private static let refusedByCounty: [Case] = [
        Case(reason: .wrongRegion) { $0.countySees.certificate.region = try RegionID("taiyuan") },
        Case(reason: .identityMismatch) { $0.cityOffer.node = try NodeID("other") },
        Case(reason: .otherNode) { $0.countySees.dialledNode = try NodeID("elsewhere") },
        Case(reason: .revoked) { $0.countySees.isRevoked = true },
        Case(reason: .notANeighbour) { $0.countySees.neighbour = nil },
        Case(reason: .tierMismatch) { $0.cityOffer.tier = .dispatcher },
    ]

    @Test(arguments: refusedByCounty) private func theDiallerRefusesAndTheListenerHasNoLink(_ refused: Case) throws {
        var pair = try Pair()
        try refused.change(&pair)
        let outcome = run(pair)
        guard case .failed(let said) = outcome.county, case .failed(let told) = outcome.city else {
            Issue.record("\(outcome)")
            return
        }
        #expect(said.reason == refused.reason)
        #expect(told.reason == refused.reason)
        #expect(told.saidByPeer)
    }

    @Test func bytesThatAreNoHelloAreRefused() throws {
        let pair = try Pair()
        for frame in [
            Frame(.hello, payload: [0xFF, 0xFF, 0xFF]), Frame(.request, callID: 1, payload: [1, 0, 0, 0, 0]),
            Frame(.welcome), Frame(.credit),
        ] {
            var city = HandshakeMachine(.listener, offer: pair.cityOffer, expectation: pair.citySees)
            _ = city.start(wallTime: .epoch)
            guard case .failed(let ending) = city.receive(frame, wallTime: .epoch).last else {
                Issue.record("\(frame.type) was taken")
                continue
            }
            #expect(ending.reason == .malformed)
        }
    }

    @Test func aFrameOfAnUnknownTypeIsIgnored() throws {
        let pair = try Pair()
        var city = HandshakeMachine(.listener, offer: pair.cityOffer, expectation: pair.citySees)
        _ = city.start(wallTime: .epoch)
        #expect(city.receive(Frame(FrameType(rawValue: 250)), wallTime: .epoch).isEmpty)
    }

    @Test func timePassesTheHandshakeBy() throws {
        let pair = try Pair()
        var city = HandshakeMachine(.listener, offer: pair.cityOffer, expectation: pair.citySees)
        _ = city.start(wallTime: .epoch)
        guard case .failed(let ending) = city.expire().last else {
            Issue.record("nothing failed")
            return
        }
        #expect(ending.reason == .handshakeTimeout)
        #expect(city.expire().isEmpty)
    }
}

extension Array {
    /// Takes everything out.
    fileprivate mutating func splice() -> [Element] {
        let all = self
        self = []
        return all
    }
}

import Effects
import Synchronization
import Testing

@testable import Doors

@Suite struct DoorTests {
    private let time = ManualTime()

    private func door(house: DoorHouse? = nil, _ change: (inout Door.Caps) -> Void = { _ in }) -> Door {
        var caps = Door.Caps(
            proven: 6, unproven: 8, unprovenPerAddress: 3, perIdentity: 2, graceMilliseconds: Self.graceMilliseconds)
        change(&caps)
        return Door(time: time, caps: caps, house: house)
    }

    /// Why the door lets nobody in from an address; none where it does.
    private func refusal(of door: Door, from host: String) -> DoorRefusal? {
        let heard = Mutex<DoorRefusal?>(nil)
        door.onRefusal { refusal, _ in heard.withLock { $0 = refusal } }
        return door.admit(from: host) == nil ? heard.withLock { $0 } : nil
    }

    @Test func theUnprovenOfOneAddressAreCapped() {
        let door = door()
        var permits = (0..<3).compactMap { _ in door.admit(from: "10.0.0.1") }
        #expect(permits.count == 3)
        #expect(refusal(of: door, from: "10.0.0.1") == .tooManyFromAddress(3))
        #expect(door.admit(from: "10.0.0.2") != nil)
        permits.removeLast()
        #expect(door.admit(from: "10.0.0.1") != nil, "a place that was given back is free")
    }

    @Test func whoIsBeingAnsweredMakesRoomAfterAllOthers() throws {
        let door = door { $0.graceMilliseconds = 0 }
        let honest = try #require(door.admit(from: "10.0.0.1"))
        honest.serve(true)
        var strangers = (0..<2).compactMap { _ in door.admit(from: "10.0.0.1") }
        for _ in 0..<9 { strangers.append(try #require(door.admit(from: "10.0.0.1"))) }
        #expect(!honest.isEvicted)
        #expect(strangers.map(\.isEvicted) == Array(repeating: true, count: 9) + [false, false])
        honest.serve(false)
        let next = try #require(door.admit(from: "10.0.0.1"))
        #expect(honest.isEvicted && !next.isEvicted)
    }

    /// Behind one address there are strangers and those for whom the listener is there.
    @Test func theOldestOfAnAddressMakesRoomForTheNextOfIt() throws {
        let door = door()
        var strangers = (0..<3).compactMap { _ in door.admit(from: "10.0.0.1") }
        time.advance(milliseconds: Self.graceMilliseconds)
        let honest = try #require(door.admit(from: "10.0.0.1"))
        #expect(strangers.map(\.isEvicted) == [true, false, false])
        try honest.establish()
        for _ in 0..<20 {
            time.advance(milliseconds: Self.graceMilliseconds)
            strangers += [door.admit(from: "10.0.0.1")].compactMap { $0 }
        }
        #expect(!honest.isEvicted, "who has proved itself keeps its place")
        #expect(door.counts == (3, 1))
    }

    @Test func whoHasShownACertificateIsTheLastOfItsAddressToMakeRoom() throws {
        let door = door()
        let known = try #require(door.admit(from: "10.0.0.1"))
        try known.identify("pingding")
        let strangers = (0..<2).compactMap { _ in door.admit(from: "10.0.0.1") }
        time.advance(milliseconds: Self.graceMilliseconds)
        let next = door.admit(from: "10.0.0.1")
        #expect(next != nil && !known.isEvicted && strangers[0].isEvicted)
    }

    @Test func theProvenOfOneAddressAreNotCapped() throws {
        let door = door()
        var permits: [DoorPermit] = []
        for _ in 0..<6 {
            let permit = try #require(door.admit(from: "10.0.0.1"))
            try permit.establish()
            permits.append(permit)
        }
        #expect(door.counts == (0, 6))
        #expect(refusal(of: door, from: "10.0.1.1") == .full(6), "all of them have something in hand")
        permits = []
        #expect(door.counts == (0, 0))
    }

    @Test func theLongestAtRestMakesRoomForWhoeverProvesItself() throws {
        let door = door()
        var permits: [DoorPermit] = []
        for _ in 0..<6 {
            let permit = try #require(door.admit(from: "10.0.0.1"))
            try permit.establish()
            permits.append(permit)
        }
        for permit in [permits[4], permits[2]] {
            permit.rest(true)
            time.advance(milliseconds: 1)
        }
        let stranger = try #require(door.admit(from: "10.0.0.1"))
        #expect(!permits.contains { $0.isEvicted }, "a stranger takes no proven one's place")
        try stranger.establish()
        #expect(permits.map(\.isEvicted) == [false, false, false, false, true, false])
        permits[2].rest(false)
        #expect(refusal(of: door, from: "10.0.0.1") == .full(6))
    }

    @Test func connectionsWithOneIdentityAreCappedAndTheirOwnRestingOnesMakeRoom() throws {
        let door = door()
        let permits = (0..<4).compactMap { door.admit(from: "10.0.0.\($0)") }
        for permit in permits[0...1] {
            try permit.identify("his")
            try permit.establish()
        }
        #expect(throws: DoorRefusal.tooManyOfIdentity(2)) { try permits[2].identify("his") }
        try permits[2].identify("lis")
        permits[1].rest(true)
        try permits[3].identify("his")
        #expect(permits.map(\.isEvicted) == [false, true, false, false])
    }

    @Test func theOldestMakesRoomOnceItHasHadItsTime() throws {
        let door = door()
        let evicted = Mutex<[Int]>([])
        var permits: [DoorPermit] = []
        for number in 0..<8 {
            let permit = try #require(door.admit(from: "10.0.0.\(number)"))
            permit.onEviction { evicted.withLock { $0.append(number) } }
            permits.append(permit)
        }
        try permits[0].establish()
        permits.append(try #require(door.admit(from: "10.0.1.0")))
        #expect(refusal(of: door, from: "10.0.1.1") == .tooManyUnproven(8))
        time.advance(milliseconds: Self.graceMilliseconds)
        let newcomer = door.admit(from: "10.0.1.1")
        #expect(newcomer != nil)
        #expect(evicted.withLock { $0 } == [1], "the proven one stays; the next oldest goes")
        #expect(permits[1].isEvicted)
        #expect(throws: DoorRefusal.madeRoom) { try permits[1].establish() }
        #expect(door.counts == (8, 1))
        permits = []
        #expect(door.counts == (1, 0))
    }

    @Test func aCrowdOfFewAddressesKeepsNobodyElseOut() throws {
        let door = door { $0.unprovenPerAddress = 8 }
        var crowd: [DoorPermit] = []
        func crowdIn() {
            for number in 0..<16 {
                if let permit = door.admit(from: "10.0.0.\(number % 2)") { crowd.append(permit) }
            }
        }
        crowdIn()
        #expect(door.counts == (8, 0))
        let neighbour = try #require(door.admit(from: "10.0.9.9"), "at once, though nobody has had his time")
        #expect(crowd.count { $0.isEvicted } == 1)
        for _ in 0..<5 {
            time.advance(milliseconds: Self.graceMilliseconds)
            crowdIn()
        }
        #expect(!neighbour.isEvicted, "the crowd makes room for its own")
        try neighbour.establish()
        #expect(door.counts.proven == 1)
        crowdIn()
        #expect(
            refusal(of: door, from: "10.0.0.1") == .tooManyUnproven(8), "a crowd gains nothing by coming again at once")
    }

    @Test func doorsOfOneHouseLeaveDescriptorsForWhoHasNone() throws {
        let house = DoorHouse(connections: 5)
        let (one, other) = (door(house: house) { $0.unprovenPerAddress = 8 }, door(house: house))
        let health = door(house: nil)
        let permits = (0..<4).compactMap { _ in one.admit(from: "10.0.0.1") } + [other.admit(from: "10.0.0.1")]
        #expect(house.openConnections == 5)
        #expect(refusal(of: other, from: "10.0.0.1") == .noDescriptors)
        #expect(health.admit(from: "10.0.0.1") != nil)
        #expect(one.admit(from: "10.0.0.2") != nil, "its own crowd makes room")
        withExtendedLifetime(permits) {}
    }

    /// Each refusal costs the same: a listener that grew with every one would overflow the stack here.
    @Test func aHundredThousandRefusalsLeaveNothingBehind() {
        let door = door()
        let permits = (0..<3).compactMap { _ in door.admit(from: "10.0.0.1") }
        let heard = Mutex(0)
        door.onRefusal { _, _ in heard.withLock { $0 += 1 } }
        for _ in 0..<100_000 where door.admit(from: "10.0.0.1") != nil { Issue.record("the address is full") }
        #expect(heard.withLock { $0 } == 100_000)
        #expect(door.figures.refusals["too_many_from_address"] == 100_000)
        withExtendedLifetime(permits) {}
    }

    @Test func theEndOfAWaveIsToldOnce() {
        let door = door {
            $0.unproven = 100
            $0.unprovenPerAddress = 100
        }
        let heard = Mutex(0)
        door.onQuiet { heard.withLock { $0 += 1 } }
        for round in 1...2 {
            var permits = (0..<70).compactMap { _ in door.admit(from: "10.0.0.1") }
            permits.removeLast(69)
            #expect(heard.withLock { $0 } == round - 1)
            permits = []
            #expect(heard.withLock { $0 } == round)
            for _ in 0..<3 { _ = door.admit(from: "10.0.0.1") }
            #expect(heard.withLock { $0 } == round, "a few are no wave")
        }
    }

    @Test func anyOrderOfComingAndGoingLeavesNothingBehind() throws {
        let house = DoorHouse(connections: 24)
        let door = door(house: house) { $0.unproven = 20 }
        let random = SeededRandom(seed: 3)
        var permits: [DoorPermit] = []
        for _ in 0..<5_000 {
            let any = permits.isEmpty ? nil : permits[Int(random.number(below: UInt64(permits.count)))]
            switch random.number(below: 6) {
            case 0, 1, 2:
                if let permit = door.admit(from: "10.0.0.\(random.number(below: 6))") { permits.append(permit) }
            case 3:
                // Where it is refused it stays unproven.
                try? any?.identify("his \(random.number(below: 4))")
                if random.number(below: 2) == 0 { try? any?.establish() }
            case 4: any?.rest(random.number(below: 2) == 0)
            default:
                if !permits.isEmpty { permits.remove(at: Int(random.number(below: UInt64(permits.count)))) }
            }
            let counts = door.counts
            #expect(counts.unproven <= 20 && counts.proven <= 6)
            #expect(house.openConnections == counts.unproven + counts.proven)
            if random.number(below: 50) == 0 { time.advance(milliseconds: 700) }
        }
        permits = []
        #expect(door.counts == (0, 0))
        for host in 0..<6 { #expect(door.admit(from: "10.0.0.\(host)") != nil) }
        #expect(house.openConnections == 0)
    }

    private static let graceMilliseconds: Int64 = 1_000
}

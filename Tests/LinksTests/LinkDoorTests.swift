import Effects
import Synchronization
import Testing

@testable import Links

@Suite struct LinkDoorTests {
    private let time = ManualTime()

    private func door(_ change: (inout LinkDoor.Caps) -> Void = { _ in }) -> LinkDoor {
        var caps = LinkDoor.Caps()
        caps.halfOpen = 8
        caps.halfOpenPerAddress = 3
        caps.perAddress = 5
        caps.links = 6
        caps.perIdentity = 2
        change(&caps)
        return LinkDoor(time: time, caps: caps)
    }

    /// Why the door lets nobody in from an address; empty where it does.
    private func refusals(of door: LinkDoor, from host: String) -> [LinkReason] {
        let heard = Heard()
        door.onRefusal { ending, _ in heard.add(ending.reason) }
        return door.admit(from: host) == nil ? heard.all : []
    }

    @Test func handshakesOfOneAddressAreCapped() {
        let door = door()
        var permits = (0..<3).compactMap { _ in door.admit(from: "10.0.0.1") }
        #expect(permits.count == 3)
        #expect(refusals(of: door, from: "10.0.0.1") == [.tooManyFromAddress])
        #expect(door.admit(from: "10.0.0.2") != nil)
        permits.removeLast()
        #expect(door.admit(from: "10.0.0.1") != nil, "a place that was given back is free")
    }

    @Test func linksOfOneAddressAreCapped() throws {
        let door = door()
        var permits: [LinkPermit] = []
        for _ in 0..<5 {
            let permit = try #require(door.admit(from: "10.0.0.1"))
            try permit.establish()
            permits.append(permit)
        }
        #expect(door.counts == (0, 5))
        #expect(refusals(of: door, from: "10.0.0.1") == [.tooManyFromAddress])
        permits = []
        #expect(door.counts == (0, 0))
        #expect(door.admit(from: "10.0.0.1") != nil)
    }

    @Test func linksOfTheNodeAreCapped() throws {
        let door = door()
        var permits: [LinkPermit] = []
        for number in 0..<6 {
            let permit = try #require(door.admit(from: "10.0.0.\(number)"))
            try permit.establish()
            permits.append(permit)
        }
        #expect(refusals(of: door, from: "10.0.1.1") == [.tooManyLinks])
        withExtendedLifetime(permits) {}
    }

    @Test func connectionsWithOneCertificateAreCapped() throws {
        let door = door()
        let permits = (0..<3).compactMap { door.admit(from: "10.0.0.\($0)") }
        let node = try identity("pingding").node
        try permits[0].identify(node)
        try permits[1].identify(node)
        let ending = #expect(throws: LinkEnding.self) { try permits[2].identify(node) }
        #expect(ending?.reason == .tooManyOfIdentity)
        try permits[2].identify(try identity("yuxian").node)
    }

    @Test func theOldestHandshakeMakesRoomOnceItHasHadItsTime() throws {
        let door = door()
        let evicted = Heard()
        var permits: [LinkPermit] = []
        for number in 0..<8 {
            let permit = try #require(door.admit(from: "10.0.0.\(number)"))
            permit.onEviction { evicted.add(LinkReason(rawValue: UInt16(number))) }
            permits.append(permit)
        }
        try permits[0].establish()
        permits.append(try #require(door.admit(from: "10.0.1.0")))
        #expect(refusals(of: door, from: "10.0.1.1") == [.tooManyLinks])
        time.advance(milliseconds: Limits.halfOpenGraceMilliseconds)
        let newcomer = door.admit(from: "10.0.1.1")
        #expect(newcomer != nil)
        #expect(evicted.all == [LinkReason(rawValue: 1)], "what is up stays up; the next oldest goes")
        #expect(permits[1].isEvicted)
        #expect(throws: LinkEnding.self) { try permits[1].establish() }
        #expect(door.counts == (8, 1))
        permits = []
        #expect(door.counts == (1, 0))
    }

    @Test func aCrowdOfFewAddressesKeepsNobodyElseOut() throws {
        let door = door { $0.halfOpenPerAddress = 8 }
        var crowd: [LinkPermit] = []
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
            time.advance(milliseconds: Limits.halfOpenGraceMilliseconds)
            crowdIn()
        }
        #expect(!neighbour.isEvicted, "the crowd makes room for its own")
        try neighbour.establish()
        #expect(door.counts.links == 1)
        crowdIn()
        #expect(
            refusals(of: door, from: "10.0.0.1") == [.tooManyLinks], "a crowd gains nothing by coming again at once")
    }

    /// Each refusal costs the same: a listener that grew with every one would overflow the stack here.
    @Test func aHundredThousandRefusalsLeaveNothingBehind() {
        let door = door()
        let permits = (0..<3).compactMap { _ in door.admit(from: "10.0.0.1") }
        let heard = Mutex(0)
        door.onRefusal { _, _ in heard.withLock { $0 += 1 } }
        for _ in 0..<100_000 where door.admit(from: "10.0.0.1") != nil { Issue.record("the address is full") }
        #expect(heard.withLock { $0 } == 100_000)
        withExtendedLifetime(permits) {}
    }

    @Test func theEndOfAWaveIsToldOnce() {
        let door = door {
            $0.halfOpen = 100
            $0.halfOpenPerAddress = 100
            $0.perAddress = 100
        }
        let heard = Heard()
        door.onQuiet { heard.add(.idle) }
        for _ in 0..<2 {
            var permits = (0..<70).compactMap { _ in door.admit(from: "10.0.0.1") }
            permits.removeLast(69)
            #expect(heard.all.isEmpty)
            permits = []
            #expect(heard.all == [.idle])
            for _ in 0..<3 { _ = door.admit(from: "10.0.0.1") }
            #expect(heard.all == [.idle], "a few are no wave")
            heard.forget()
        }
    }

    @Test func anyOrderOfComingAndGoingLeavesNothingBehind() throws {
        let door = door { $0.halfOpen = 20 }
        let random = SeededRandom(seed: 3)
        var permits: [LinkPermit] = []
        for _ in 0..<5_000 {
            switch random.number(below: 4) {
            case 0, 1:
                if let permit = door.admit(from: "10.0.0.\(random.number(below: 6))") { permits.append(permit) }
            case 2 where !permits.isEmpty:
                let permit = permits[Int(random.number(below: UInt64(permits.count)))]
                // Where it is refused it stays a handshake.
                try? permit.establish()
            default:
                if !permits.isEmpty { permits.remove(at: Int(random.number(below: UInt64(permits.count)))) }
            }
            let counts = door.counts
            #expect(counts.halfOpen <= 20 && counts.links <= 6 + 20)
            if random.number(below: 50) == 0 { time.advance(milliseconds: 700) }
        }
        permits = []
        #expect(door.counts == (0, 0))
        for host in 0..<6 { #expect(door.admit(from: "10.0.0.\(host)") != nil) }
    }
}

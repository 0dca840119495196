import Effects
import Testing

@testable import Recognition

@Suite("The order of versions") struct VersionOrderTests {
    private static let now = RuleRegion.time("2026-11-29T10:00:00+08:00")

    private static func mark(_ status: ReportStatus, _ issued: String?) -> VersionOrder.Mark {
        VersionOrder.Mark(status: status, issuedTime: issued, authorTime: now)
    }

    private static func minute(_ number: Int) -> String { "2026112808" + (number < 10 ? "0" : "") + "\(number)00" }

    @Test("a preliminary that arrives late does not take the final's place, nor does an older final")
    func late() {
        let order = VersionOrder([Self.mark(.final, "20261128101500"), Self.mark(.preliminary, "20261128090000")])
        #expect(order.standing == 0 && !order.isVoid)
        #expect(order.history == [1, 0])
        #expect(VersionOrder([Self.mark(.final, Self.minute(9)), Self.mark(.final, Self.minute(5))]).standing == 0)
        #expect(VersionOrder([Self.mark(.corrected, Self.minute(1)), Self.mark(.final, Self.minute(5))]).standing == 0)
        // A preliminary is no step back because it was issued later: a final stays final.
        #expect(
            VersionOrder([Self.mark(.final, Self.minute(1)), Self.mark(.preliminary, Self.minute(5))]).standing == 0)
    }

    @Test("a void is lifted by what is final and issued later, by nothing else")
    func lifted() {
        let void = Self.mark(.void, Self.minute(10))
        #expect(VersionOrder([void, Self.mark(.final, Self.minute(20))]).isVoid == false)
        #expect(VersionOrder([void, Self.mark(.corrected, Self.minute(20))]).standing == 1)
        #expect(VersionOrder([void, Self.mark(.preliminary, Self.minute(20))]).isVoid)
        #expect(VersionOrder([void, Self.mark(.final, Self.minute(5))]).isVoid)
        #expect(VersionOrder([Self.mark(.final, Self.minute(20)), void]).isVoid == false)
        // Of one moment, the void is the later, also where it overtook its result.
        #expect(VersionOrder([Self.mark(.final, Self.minute(10)), void]).isVoid)
        #expect(VersionOrder([void, Self.mark(.corrected, Self.minute(10))]).isVoid)
    }

    @Test("what was withdrawn does not come back by its rank when a later final lifts the void")
    func withdrawnStaysWithdrawn() {
        let order = VersionOrder([
            Self.mark(.corrected, Self.minute(1)), Self.mark(.void, Self.minute(2)), Self.mark(.final, Self.minute(3)),
        ])
        #expect(order.standing == 2 && !order.isVoid)
    }

    @Test("without a time that can be read, and with one from the future, arrival decides")
    func arrival() {
        #expect(VersionOrder([Self.mark(.final, nil), Self.mark(.final, nil)]).standing == 1)
        #expect(VersionOrder([Self.mark(.final, "yesterday"), Self.mark(.final, Self.minute(1))]).standing == 1)
        #expect(VersionOrder([Self.mark(.final, "20991231"), Self.mark(.final, Self.minute(1))]).standing == 1)
        #expect(VersionOrder([Self.mark(.void, nil), Self.mark(.final, Self.minute(1))]).isVoid == false)
        #expect(VersionOrder([Self.mark(.void, "20991231"), Self.mark(.final, Self.minute(1))]).isVoid == false)
    }

    @Test("what says less exactly when it was issued, or does not say it, counts as late as what came before it")
    func lessExact() {
        let exact = Self.mark(.final, "20261128101500")
        #expect(VersionOrder([exact, Self.mark(.final, "20261128")]).standing == 1)
        #expect(VersionOrder([exact, Self.mark(.final, "202611281015")]).standing == 1)
        #expect(VersionOrder([exact, Self.mark(.final, "20261127")]).standing == 0)
        #expect(VersionOrder([Self.mark(.final, "20261128"), exact, Self.mark(.final, "20261128")]).standing == 2)
        // An older one is not the newer one because another came between that says no time.
        let older = Self.mark(.final, "20261128091500")
        #expect(VersionOrder([exact, Self.mark(.final, nil), older]).standing == 1)
        #expect(VersionOrder([exact, Self.mark(.final, "20991231"), older]).standing == 1)
        #expect(VersionOrder([exact, Self.mark(.final, "20261128"), older]).standing == 1)
    }

    @Test("a void that says no time, or the day alone, is not lifted by what was issued before what it withdrew")
    func voidWithoutTime() {
        let (early, late) = (Self.mark(.final, Self.minute(5)), Self.mark(.final, Self.minute(9)))
        for time in [nil, "20261128"] {
            let void = Self.mark(.void, time)
            #expect(VersionOrder([late, void, early]).isVoid)
            #expect(VersionOrder([late, void]).isVoid)
            #expect(VersionOrder([late, void, Self.mark(.final, "20261129")]).standing == 2)
        }
        #expect(VersionOrder([early, Self.mark(.void, nil), late]).standing == 2)
    }

    @Test("any order of arrival gives the same version that stands")
    func anyArrival() {
        let random = SeededRandom(seed: 117)
        let statuses: [ReportStatus] = [.preliminary, .final, .corrected, .void]
        for _ in 0..<3_000 {
            let count = 1 + Int(random.number(below: 6))
            let marks = (0..<count).map { number in
                Self.mark(statuses[Int(random.number(below: 4))], Self.minute(number))
            }
            let expected = VersionOrder(marks)
            var places = Array(0..<count)
            for index in places.indices {
                places.swapAt(index, index + Int(random.number(below: UInt64(count - index))))
            }
            let shuffled = VersionOrder(places.map { marks[$0] })
            #expect(shuffled.standing.map { places[$0] } == expected.standing, "\(marks) as \(places)")
            #expect(shuffled.isVoid == expected.isVoid)
        }
    }

    @Test("a version builds on what comes before it in the order, not on what came before it")
    func base() {
        let (early, late) = (Self.mark(.final, Self.minute(1)), Self.mark(.corrected, Self.minute(9)))
        #expect(VersionOrder([early, late]).baseOfLast == 0)
        #expect(VersionOrder([late, early]).baseOfLast == nil)
        #expect(VersionOrder([early, late, Self.mark(.final, Self.minute(5))]).baseOfLast == 0)
        // After a void nothing is left to build on.
        #expect(VersionOrder([early, Self.mark(.void, Self.minute(2)), late]).baseOfLast == nil)
    }
}

import Effects
import Testing

@testable import Links

@Suite struct CallTableTests {
    @Test func itHoldsWhatADictionaryWouldHold() {
        let random = SeededRandom(seed: 4)
        var table = CallTable<Int>()
        var plain: [UInt64: Int] = [:]
        for step in 0..<20_000 {
            // Near numbers as honest callers choose them, and far ones that share their places.
            let number = 1 + random.number(below: 40) + 1_024 * random.number(below: 4)
            switch random.number(below: 3) {
            case 0:
                table[number] = step
                plain[number] = step
            case 1: #expect(table.removeValue(forKey: number) == plain.removeValue(forKey: number))
            default: #expect(table[number] == plain[number])
            }
            #expect(table.count == plain.count && table.isEmpty == plain.isEmpty)
        }
        #expect(table.numbers { $0 % 2 == 0 } == plain.filter { $0.value % 2 == 0 }.keys.sorted())
        #expect(table.numbers { _ in true } == plain.keys.sorted())
    }

    @Test func anyNumberMayBeAskedFor() {
        var table = CallTable<String>()
        for number in [0, 1, 1_024, .max] as [UInt64] {
            #expect(table[number] == nil)
            #expect(table.removeValue(forKey: number) == nil)
        }
        table[0] = "no call has the number 0"
        #expect(table.isEmpty && table[0] == nil)
        table[.max] = "last"
        table[1_023] = "shares its place"
        #expect(table[.max] == "last" && table[1_023] == "shares its place" && table.count == 2)
    }
}

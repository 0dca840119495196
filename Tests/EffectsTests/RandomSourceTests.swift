import Effects
import Testing

struct RandomSourceTests {
    /// A source that gives one number again and again.
    private struct Constant: RandomSource {
        let word: UInt64
        func next() -> UInt64 { word }
    }

    @Test("a seeded source gives the numbers that its published generator gives")
    func vector() {
        let random = SeededRandom(seed: 1_234_567)
        let numbers = (0..<5).map { _ in random.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ])
    }

    @Test("the same seed gives the same everything, another seed something else")
    func determinism() {
        func all(_ seed: UInt64) -> [String] {
            let random = SeededRandom(seed: seed)
            return (0..<50).map { index in
                let numbers = "\(random.next()) \(random.bytes(index)) \(random.number(below: 1_000))"
                return numbers + random.identifier(at: .epoch)
            }
        }
        #expect(all(1) == all(1))
        #expect(all(1) != all(2))
    }

    @Test("bytes come in the number that is asked for", arguments: 0..<34)
    func bytes(count: Int) {
        #expect(SeededRandom(seed: 3).bytes(count).count == count)
        #expect(SystemRandom().bytes(count).count == count)
    }

    @Test("a number stays below its bound and reaches all of a small range")
    func bounds() {
        let random = SeededRandom(seed: 4)
        #expect(Set((0..<1_000).map { _ in random.number(below: 7) }) == Set(0..<7))
        #expect((0..<100).allSatisfy { _ in random.number(below: 1) == 0 })
        #expect(random.number(below: 0) == 0)
        #expect(Constant(word: .max).number(below: .max) == UInt64.max - 1)
        #expect(Constant(word: 0).number(below: .max) == 0)
    }

    @Test("the machine's source does not repeat itself")
    func system() {
        let random = SystemRandom()
        #expect(Set((0..<1_000).map { _ in random.next() }).count == 1_000)
    }

    @Test("an identifier begins with its time as a ULID does, and has 26 characters of its alphabet")
    func form() {
        let text = SeededRandom(seed: 5).identifier(at: WallTime(milliseconds: 1_469_918_176_385))
        #expect(text.hasPrefix("01ARYZ6S41"))
        #expect(text.count == 26)
        let alphabet = Set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        #expect(text.allSatisfy(alphabet.contains))
    }

    @Test("identifiers sort by their time, whatever their random part")
    func sortable() {
        let random = SeededRandom(seed: 6)
        var time = WallTime.epoch
        var identifiers: [String] = []
        for _ in 0..<500 {
            identifiers.append(random.identifier(at: time))
            time = time.advanced(byMilliseconds: Int64(random.number(below: 100_000_000)) + 1)
        }
        #expect(identifiers == identifiers.sorted())
        let (low, high) = (Constant(word: 0), Constant(word: .max))
        #expect(high.identifier(at: .epoch) < low.identifier(at: WallTime(milliseconds: 1)))
        #expect(low.identifier(at: WallTime(milliseconds: -5)) == low.identifier(at: .epoch))
    }

    @Test("identifiers of one moment differ")
    func distinct() {
        let random = SystemRandom()
        #expect(Set((0..<10_000).map { _ in random.identifier(at: .epoch) }).count == 10_000)
    }
}

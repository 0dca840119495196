import Effects
import Links
import Testing

@Suite struct BackoffTests {
    @Test func waitsGrowToTheCapAndStayJittered() {
        let random = SeededRandom(seed: 3)
        var backoff = Backoff(firstMilliseconds: 200, capMilliseconds: 15_000)
        var bound: Int64 = 200
        var seen: Set<Int64> = []
        for _ in 0..<100 {
            let wait = backoff.nextMilliseconds(random)
            #expect((bound / 2...bound).contains(wait))
            bound = min(bound * 2, 15_000)
            seen.insert(wait)
        }
        #expect(seen.count > 50)
        backoff.reset()
        #expect(backoff.nextMilliseconds(random) <= 200)
    }
}

import Effects
import Synchronization
import Testing

@testable import Recognition

struct CountMemoTests {
    @Test func `what took long to count is kept a hundred times as long, what took no time is counted each time`()
        async throws
    {
        let time = ManualTime()
        let memo = CountMemo<Int>()
        let asked = Atomic(0)
        func value(milliseconds: Int64) async throws -> Int {
            try await memo.value(time) {
                time.advance(milliseconds: milliseconds)
                return asked.add(1, ordering: .relaxed).newValue
            }
        }
        for number in 1...3 { #expect(try await value(milliseconds: 0) == number) }
        #expect(try await value(milliseconds: 165) == 4)
        for _ in 0..<99 {
            #expect(try await value(milliseconds: 165) == 4)
            time.advance(milliseconds: 165)
        }
        time.advance(milliseconds: 164)
        #expect(try await value(milliseconds: 165) == 4)
        time.advance(milliseconds: 1)
        #expect(try await value(milliseconds: 165) == 5)
    }
}

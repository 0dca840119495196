import Testing

@testable import Effects

struct YieldingExecutorTests {
    private actor Place {
        var niceness: Int32 { YieldingExecutor.currentNiceness }
    }

    @Test func `what prefers it runs on a thread that gives way, actors too, and goes back to the others`() async {
        let usual = YieldingExecutor.currentNiceness
        let place = Place()
        let (own, actors) = await withTaskExecutorPreference(YieldingExecutor.shared) {
            (YieldingExecutor.currentNiceness, await place.niceness)
        }
        #expect(own == YieldingExecutor.niceness + usual && actors == own)
        #expect(await place.niceness == usual)
    }

    @Test func `whatever is given to it is done`() async {
        let sum = await withTaskGroup(of: Int.self) { group in
            for number in 1...1_000 {
                group.addTask(executorPreference: YieldingExecutor.shared) { number }
            }
            return await group.reduce(0, +)
        }
        #expect(sum == 500_500)
    }
}

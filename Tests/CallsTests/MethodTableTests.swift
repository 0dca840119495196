import Calls
import Effects
import Testing

@Suite struct MethodTableTests {
    @Test func theContractIsTextInTheOrderOfNumbers() async throws {
        #expect(
            try await MethodTable(toyMethods.reversed()).contractText() == """
                1 counter.add clinical 15000ms child,local (String, Int64) -> Int64
                2 counter.list bulk 15000ms parent,child () -> Array<String>
                3 counter.forget control 15000ms parent(city),child,local (String) -> ()
                4 counter.who control 15000ms parent,child,local () -> String
                5 counter.fail control 15000ms child,local (Int64) -> Bool
                9 admin.dump control 1000ms parent () -> String

                """)
    }

    @Test func aNumberANameOrAFunctionDeclaredTwiceIsRefused() async throws {
        let duplicate = Failure("call.duplicateMethod", "")
        let list = toyMethods[1]
        await #expect(throws: duplicate) { try await MethodTable([list, list]) }
        let sameName = Method(50, counterDesk, "list", lane: .bulk, callers: []) { try await $0.who() }
        await #expect(throws: duplicate) { try await MethodTable([list, sameName]) }
        let sameFunction = Method(50, counterDesk, "other", lane: .bulk, callers: []) { try await $0.list() }
        await #expect(throws: duplicate) { try await MethodTable([list, sameFunction]) }
    }

    @Test func aMethodThatCallsNothingIsRefused() async throws {
        let idle = Method(50, counterDesk, "idle", lane: .bulk, callers: []) { _ in "nothing" }
        await #expect(throws: Failure("call.badProbe", "")) { try await MethodTable([idle]) }
    }

    @Test func aDesksMethodsAreAllShortOrNone() async throws {
        let short = toyMethods.map { $0.desk == "counter" ? $0.short() : $0 }
        #expect(try await MethodTable(short).shortNumbers == [1, 2, 3, 4, 5])
        let mixed = [toyMethods[0].short()] + toyMethods.dropFirst()
        await #expect(throws: Failure("call.badShort", "")) { try await MethodTable(mixed) }
    }
}

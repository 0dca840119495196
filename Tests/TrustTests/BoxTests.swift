import Effects
import Testing
import Trust

@Suite("Boxes")
struct BoxTests {
    private static let secret = SeededRandom(seed: 11).bytes(32)
    private static let context = Array("yilian.test".utf8)

    private static func key(_ id: SuiteID, seed: UInt64 = 5) throws -> BoxKey {
        try Trust.Suite(id).makeBoxKey(random: SeededRandom(seed: seed))
    }

    @Test("a box opens with its key and context and with nothing else", arguments: SuiteID.allCases)
    func opens(_ id: SuiteID) throws {
        let key = try Self.key(id)
        let publicKey = try BoxPublicKey(suite: key.suite, bytes: key.publicKey.bytes)
        let box = try publicKey.seal(Self.secret, context: Self.context)
        #expect(try key.open(box, context: Self.context) == Self.secret)
        let unopenable = Failure("box.unopenable", "")
        #expect(throws: unopenable) { try Self.key(id, seed: 6).open(box, context: Self.context) }
        #expect(throws: unopenable) { try key.open(box, context: Self.context + [0]) }
        #expect(throws: unopenable) { try key.open(box, context: []) }
    }

    @Test("a box with a changed bit or cut anywhere does not open", arguments: SuiteID.allCases)
    func changed(_ id: SuiteID) throws {
        let key = try Self.key(id)
        let box = try key.publicKey.seal(Self.secret, context: Self.context)
        for bit in 0..<box.count * 8 {
            var changed = box
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: Failure("box.unopenable", ""), "bit \(bit)") {
                try key.open(changed, context: Self.context)
            }
        }
        for length in 0..<box.count {
            #expect(throws: Failure("box.unopenable", "")) {
                try key.open(Array(box[..<length]), context: Self.context)
            }
        }
        #expect(throws: Failure("box.unopenable", "")) { try key.open(box + [0], context: Self.context) }
    }

    @Test("the same secret gives another box each time", arguments: SuiteID.allCases)
    func fresh(_ id: SuiteID) throws {
        let key = try Self.key(id)
        #expect(
            try key.publicKey.seal(Self.secret, context: []) != key.publicKey.seal(Self.secret, context: []))
    }

    @Test(
        "the smallest and the largest secret fit, a larger one and a huge box are refused", arguments: SuiteID.allCases)
    func sizes(_ id: SuiteID) throws {
        let key = try Self.key(id)
        for count in [0, 1, Limits.boxedSecretBytes] {
            let secret = SeededRandom(seed: 1).bytes(count)
            #expect(try key.open(try key.publicKey.seal(secret, context: []), context: []) == secret)
        }
        #expect(throws: Failure("box.tooLarge", "")) {
            try key.publicKey.seal([UInt8](repeating: 0, count: Limits.boxedSecretBytes + 1), context: [])
        }
        #expect(throws: Failure("box.unopenable", "")) {
            try key.open([UInt8](repeating: 0x30, count: Limits.boxBytes + 1), context: [])
        }
    }
}

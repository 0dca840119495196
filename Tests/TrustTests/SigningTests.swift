import Effects
import Testing
import Trust

@Suite("Signing keys")
struct SigningTests {
    private static let message = Array("sealed header".utf8)

    private static func key(_ id: SuiteID, seed: UInt64 = 7) throws -> SigningKey {
        try Trust.Suite(id).makeSigningKey(random: SeededRandom(seed: seed))
    }

    @Test("a signature verifies with the public key made from its bytes", arguments: SuiteID.allCases)
    func roundTrip(_ id: SuiteID) throws {
        let key = try Self.key(id)
        let publicKey = try PublicKey(suite: key.suite, bytes: key.publicKey.bytes)
        for message in [[], Self.message, SeededRandom(seed: 2).bytes(70_000)] {
            #expect(publicKey.verify(signature: try key.sign(message), message: message))
        }
        #expect(publicKey == key.publicKey)
    }

    @Test("another key and another message are refused", arguments: SuiteID.allCases)
    func others(_ id: SuiteID) throws {
        let key = try Self.key(id)
        let signature = try key.sign(Self.message)
        #expect(!(try Self.key(id, seed: 8)).publicKey.verify(signature: signature, message: Self.message))
        #expect(!key.publicKey.verify(signature: signature, message: Self.message + [0]))
        #expect(!key.publicKey.verify(signature: signature, message: []))
    }

    @Test("any changed bit of the signature or the message is refused", arguments: SuiteID.allCases)
    func changedBits(_ id: SuiteID) throws {
        let key = try Self.key(id)
        let signature = try key.sign(Self.message)
        for bit in 0..<signature.count * 8 {
            var changed = signature
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!key.publicKey.verify(signature: changed, message: Self.message), "bit \(bit)")
        }
        for bit in 0..<Self.message.count * 8 {
            var changed = Self.message
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!key.publicKey.verify(signature: signature, message: changed), "bit \(bit)")
        }
    }

    @Test("a signature cut at any byte, lengthened or foreign is refused", arguments: SuiteID.allCases)
    func truncated(_ id: SuiteID) throws {
        let key = try Self.key(id)
        let signature = try key.sign(Self.message)
        for length in 0..<signature.count {
            #expect(!key.publicKey.verify(signature: Array(signature[..<length]), message: Self.message))
        }
        #expect(!key.publicKey.verify(signature: signature + [0], message: Self.message))
        let other = try Self.key(id == .sm2 ? .ed25519 : .sm2)
        #expect(!key.publicKey.verify(signature: try other.sign(Self.message), message: Self.message))
        #expect(!key.publicKey.verify(signature: [UInt8](repeating: 0x30, count: 4096), message: Self.message))
    }

    @Test("a key read back from its bytes is the same key", arguments: SuiteID.allCases)
    func readBack(_ id: SuiteID) throws {
        let key = try Self.key(id)
        let copy = try SigningKey(suite: key.suite, privateBytes: key.privateBytes)
        #expect(copy.publicKey == key.publicKey)
        #expect(copy.id == key.id)
        #expect(key.publicKey.verify(signature: try copy.sign(Self.message), message: Self.message))
        #expect(key.id.bytes == Array(key.suite.digest(key.publicKey.bytes).bytes.prefix(16)))
        #expect(KeyID(hex: key.id.hex) == key.id)
    }

    @Test("the same seed gives the same key, another seed another", arguments: SuiteID.allCases)
    func seeded(_ id: SuiteID) throws {
        #expect(try Self.key(id).publicKey == Self.key(id).publicKey)
        #expect(try Self.key(id).publicKey != Self.key(id, seed: 9).publicKey)
    }

    @Test("malformed keys are refused with a failure", arguments: SuiteID.allCases)
    func malformed(_ id: SuiteID) throws {
        let suite = Trust.Suite(id)
        let key = try Self.key(id)
        for length in [0, 1, 31, 33, 64, 66] {
            let bytes = [UInt8](repeating: 4, count: length)
            #expect(throws: Failure("key.malformed", "")) { try SigningKey(suite: suite, privateBytes: bytes) }
            #expect(throws: Failure("key.malformed", "")) { try PublicKey(suite: suite, bytes: bytes) }
            #expect(throws: Failure("key.malformed", "")) { try BoxPublicKey(suite: suite, bytes: bytes) }
        }
        for length in 0..<key.publicKey.bytes.count {
            let cut = Array(key.publicKey.bytes.prefix(length))
            #expect(throws: Failure("key.malformed", "")) { try PublicKey(suite: suite, bytes: cut) }
        }
    }

    @Test("an SM2 point beside the curve and a private number out of range are refused")
    func badSM2() throws {
        let suite = Trust.Suite(.sm2)
        var point = try Self.key(.sm2).publicKey.bytes
        point[64] ^= 1
        #expect(throws: Failure("key.malformed", "")) { try PublicKey(suite: suite, bytes: point) }
        point = [4] + [UInt8](repeating: 0, count: 64)
        #expect(throws: Failure("key.malformed", "")) { try PublicKey(suite: suite, bytes: point) }
        // n - 1 is refused, n - 2 is the last private key.
        var number = try #require(Hex.bytes("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122"))
        #expect(throws: Failure("key.malformed", "")) { try SigningKey(suite: suite, privateBytes: number) }
        number[31] -= 1
        let last = try SigningKey(suite: suite, privateBytes: number)
        #expect(last.publicKey.verify(signature: try last.sign([1]), message: [1]))
        #expect(throws: Failure("key.malformed", "")) {
            try SigningKey(suite: suite, privateBytes: [UInt8](repeating: 0, count: 32))
        }
    }

    @Test("descriptions and dumps show no private byte", arguments: SuiteID.allCases)
    func redacted(_ id: SuiteID) throws {
        let key = try Self.key(id)
        let box = try Trust.Suite(id).makeBoxKey(random: SeededRandom(seed: 3))
        let secret = PatientKeySecret(epoch: 1, suite: Trust.Suite(id), random: SeededRandom(seed: 4))
        for (value, bytes) in [
            (key as Any, key.privateBytes), (box as Any, box.privateBytes), (secret as Any, secret.bytes),
        ] {
            var text = "\(value) \(String(reflecting: value))"
            dump(value, to: &text)
            #expect(!text.contains(Hex.text(bytes)))
            #expect(!text.contains("\(bytes[0]), \(bytes[1])"))
            #expect(!text.contains("- \(bytes[0])\n"))
        }
    }

    @Test("one key signs and verifies from many tasks at once", arguments: SuiteID.allCases)
    func concurrent(_ id: SuiteID) async throws {
        let key = try Self.key(id)
        let verified = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let message = [UInt8(number)]
                    return key.publicKey.verify(signature: try key.sign(message), message: message)
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(verified == 64)
    }
}

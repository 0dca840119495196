import Effects
import Testing
import Trust

@Suite("Suites")
struct SuiteTests {
    private static let abc = Array("abc".utf8)

    @Test("SHA-256 gives the vectors of FIPS 180-4")
    func sha256() {
        let suite = Trust.Suite(.ed25519)
        #expect(
            suite.digest(Self.abc).hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(suite.digest([]).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test("SM3 gives the vectors of GB/T 32905")
    func sm3() {
        let suite = Trust.Suite(.sm2)
        #expect(
            suite.digest(Self.abc).hex == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
        let long = Array(String(repeating: "abcd", count: 16).utf8)
        #expect(suite.digest(long).hex == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732")
    }

    @Test("HMAC gives RFC 4231's vector with SHA-256 and its own definition with either digest")
    func authenticationCode() {
        let key = Array("Jefe".utf8)
        let message = Array("what do ya want for nothing?".utf8)
        #expect(
            Hex.text(Trust.Suite(.ed25519).hmac(key: key, message: message))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        for id in SuiteID.allCases {
            let suite = Trust.Suite(id)
            for key in [[], key, [UInt8](repeating: 0xAA, count: 131)] {
                #expect(suite.hmac(key: key, message: message) == Self.definition(suite, key, message))
            }
        }
    }

    /// RFC 2104 with blocks of 64 bytes, which both digests have.
    private static func definition(_ suite: Trust.Suite, _ key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        let short = key.count > 64 ? suite.digest(key).bytes : key
        let block = short + [UInt8](repeating: 0, count: 64 - short.count)
        let inner = suite.digest(parts: [block.map { $0 ^ 0x36 }, message])
        return suite.digest(parts: [block.map { $0 ^ 0x5C }, inner.bytes]).bytes
    }

    @Test("a digest of parts is the digest of the whole, however it is cut", arguments: SuiteID.allCases)
    func parts(_ id: SuiteID) {
        let suite = Trust.Suite(id)
        let bytes = SeededRandom(seed: 1).bytes(200)
        for cut in 0...bytes.count {
            #expect(suite.digest(parts: [Array(bytes[..<cut]), Array(bytes[cut...])]) == suite.digest(bytes))
        }
    }

    @Test("hexadecimal text is read back, and other text is refused")
    func hexadecimal() {
        #expect(Hex.bytes(Hex.text([0, 15, 255])) == [0, 15, 255])
        #expect(Hex.bytes("0FfF") == [15, 255])
        for text in ["0", "0g", "zz", "é0"] { #expect(Hex.bytes(text) == nil) }
        #expect(Digest(bytes: [UInt8](repeating: 0, count: 31)) == nil)
        #expect(Digest(hex: String(repeating: "0", count: 66)) == nil)
    }

    @Test("this machine has both suites", arguments: SuiteID.allCases)
    func available(_ id: SuiteID) throws {
        try Trust.Suite(id).checkAvailable()
    }
}

import Effects
import Testing

@testable import Trust

@Suite("Passwords and codes") struct PasswordTests {
    private static let cheap = PasswordDigest.Cost(logN: 4, blocks: 8, lanes: 1)
    private let random = SeededRandom(seed: 7)

    @Test func `a digest is its password's and nobody else's, also after it was kept`() throws {
        let digest = try PasswordDigest(of: "correct horse 1", cost: Self.cheap, random: random)
        let kept = try #require(PasswordDigest(text: digest.text))
        #expect(kept == digest && kept.cost == Self.cheap)
        for wrong in ["correct horse 2", "", "Correct horse 1", "correct horse 1 "] {
            #expect(try !kept.matches(wrong))
        }
        #expect(try kept.matches("correct horse 1"))
        let other = try PasswordDigest(of: "correct horse 1", cost: Self.cheap, random: random)
        #expect(other.text != digest.text, "each has a salt of its own")
    }

    /// RFC 7914, section 12, the second vector.
    @Test func `scrypt is that of the standard`() throws {
        let cost = PasswordDigest.Cost(logN: 10, blocks: 8, lanes: 16)
        let digest = try PasswordDigest.derived("password", Array("NaCl".utf8), cost)
        #expect(Hex.text(digest) == "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162")
    }

    @Test func `the standard cost takes 32 MiB`() {
        #expect((33_000_000...34_000_000).contains(PasswordDigest.Cost.standard.memoryBytes))
    }

    @Test(arguments: [
        "", "scrypt", "scrypt$30$8$1$00$00",
        "md5$4$8$1$00112233445566778899aabbccddeeff$" + String(repeating: "0", count: 64),
        "scrypt$30$8$1$00112233445566778899aabbccddeeff$" + String(repeating: "0", count: 64),
        "scrypt$4$9999$1$00112233445566778899aabbccddeeff$" + String(repeating: "0", count: 64),
        "scrypt$-1$8$1$00112233445566778899aabbccddeeff$" + String(repeating: "0", count: 64),
        "scrypt$4$8$1$0011$" + String(repeating: "0", count: 64),
    ])
    func `a column that was changed by hand is no digest and costs nothing`(_ text: String) {
        #expect(PasswordDigest(text: text) == nil)
    }

    @Test func `neither shows what it holds`() throws {
        let digest = try PasswordDigest(of: "x", cost: Self.cheap, random: random)
        let code = OneTimePassword(random: random)
        for text in ["\(digest)", "\(code)", String(reflecting: code), String(reflecting: digest)] {
            #expect(!text.contains(digest.text) && !text.contains(Base32.text(code.secret)), "\(text)")
        }
    }

    /// RFC 6238, appendix B, with SHA-1; the last six of its eight digits.
    @Test(
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ] as [(Int64, String)])
    func `codes are those of the standard`(_ seconds: Int64, _ code: String) {
        let device = OneTimePassword(secret: Array("12345678901234567890".utf8))
        let time = WallTime(milliseconds: seconds * 1_000)
        #expect(device.code(step: OneTimePassword.step(at: time)) == code)
        #expect(device.step(of: code, at: time, after: 0) == seconds / 30)
    }

    @Test func `a code holds a step before and after its own, and never twice`() {
        let device = OneTimePassword(random: random)
        let now = WallTime(milliseconds: 1_796_000_000_000)
        let step = OneTimePassword.step(at: now)
        for offset in [Int64(-1), 0, 1] {
            #expect(device.step(of: device.code(step: step + offset), at: now, after: 0) == step + offset)
        }
        #expect(device.step(of: device.code(step: step - 2), at: now, after: 0) == nil)
        #expect(device.step(of: device.code(step: step), at: now, after: step) == nil)
        for wrong in ["", "12345", "1234567", "abcdef", "１２３４５６"] {
            #expect(device.step(of: wrong, at: now, after: 0) == nil)
        }
    }

    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ])
    func `base 32 is that of RFC 4648`(_ text: String, _ encoded: String) {
        #expect(Base32.text(Array(text.utf8)) == encoded)
    }
}

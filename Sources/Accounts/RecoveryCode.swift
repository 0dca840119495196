import Effects
import Trust

/// What lets somebody in whose device is not at hand: ten of them, each once.
enum RecoveryCode {
    /// 80 random bits in four groups of four.
    static func make(random: any RandomSource) -> String {
        let letters = Array(Base32.text(random.bytes(10)))
        return stride(from: 0, to: 16, by: 4).map { String(letters[$0..<($0 + 4)]) }.joined(separator: "-")
    }

    /// So much randomness needs no slow digest.
    static func digest(of code: String, account: String) -> [UInt8] {
        let letters = code.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return Suite.ed25519.digest(Array("recovery\u{0}\(account)\u{0}\(letters)".utf8)).bytes
    }
}

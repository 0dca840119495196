import CCrypto
import Crypto
package import Effects

/// The six digits that a person's device shows for thirty seconds (RFC 6238 with HMAC-SHA-1, which every such device has).
package struct OneTimePassword: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// 20 bytes, shared with the device.
    package let secret: [UInt8]

    package static let secretBytes = 20
    package static let stepMilliseconds: Int64 = 30_000
    private static let digits = 6

    package init(secret: [UInt8]) {
        self.secret = secret
    }

    package init(random: any RandomSource) {
        secret = random.bytes(Self.secretBytes)
    }

    /// The step that a moment lies in.
    package static func step(at time: WallTime) -> Int64 { max(0, time.milliseconds) / stepMilliseconds }

    package func code(step: Int64) -> String {
        let message = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Array($0) }
        let code = Array(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: secret)))
        // RFC 4226, section 5.3: four bytes from a place that the last byte names.
        let offset = Int(code[code.count - 1] & 0x0F)
        var number = UInt32(code[offset] & 0x7F)
        for byte in code[(offset + 1)...(offset + 3)] { number = number << 8 | UInt32(byte) }
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: Self.digits - text.count) + text
    }

    /// The step whose code this is: the present one, the one before or the one after, later than one that was used.
    ///
    /// - Returns: nil where it is none of them.
    package func step(of code: String, at time: WallTime, after used: Int64) -> Int64? {
        let now = Self.step(at: time)
        var found: Int64?
        // All of them are compared, so that the time says nothing.
        for step in (now - 1)...(now + 1) {
            let expected = Array(self.code(step: step).utf8)
            let given = Array(code.utf8)
            let isEqual = given.count == expected.count && CRYPTO_memcmp(given, expected, expected.count) == 0
            if isEqual, step > used { found = step }
        }
        return found
    }

    /// As a person types it into a device, in groups of four.
    package var typedText: String {
        let letters = Array(Base32.text(secret))
        return stride(from: 0, to: letters.count, by: 4)
            .map { String(letters[$0..<min($0 + 4, letters.count)]) }.joined(separator: " ")
    }

    package var description: String { "a one-time password" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Base 32 (RFC 4648) without padding.
package enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    package static func text(_ bytes: some Collection<UInt8>) -> String {
        var text = ""
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(buffer >> UInt32(bits) & 31)])
            }
            buffer &= (1 << UInt32(bits)) - 1
        }
        if bits > 0 { text.append(alphabet[Int(buffer << UInt32(5 - bits) & 31)]) }
        return text
    }
}

import Effects
import Foundation
import X509

/// From when to when a new certificate is valid, and its serial number.
struct CertificatePeriod {
    /// A certificate begins an hour before it is made, so that a peer whose clock is behind accepts it.
    static let backdatedMilliseconds: Int64 = 3_600_000

    let notBefore: Date
    let notAfter: Date
    let end: WallTime

    init(now: WallTime, days: Int, longest: Int) throws {
        guard (1...longest).contains(days) else {
            throw Failure(
                "cert.malformedValidity", "a certificate cannot be valid for \(days) days",
                remedy: "give 1 to \(longest) days")
        }
        end = now.advanced(byMilliseconds: Int64(days) * 86_400_000)
        notBefore = Self.date(now.advanced(byMilliseconds: -Self.backdatedMilliseconds))
        notAfter = Self.date(end)
    }

    /// Twenty random bytes; the first is from 0x40 to 0x7F, so that the number is positive and always as long.
    static func serial(_ random: any RandomSource) -> Certificate.SerialNumber {
        var bytes = random.bytes(20)
        bytes[0] = bytes[0] & 0x3F | 0x40
        return Certificate.SerialNumber(bytes: bytes)
    }

    private static func date(_ time: WallTime) -> Date {
        Date(timeIntervalSince1970: Double(time.milliseconds / 1000))
    }
}

import Effects
import Trust

/// A sign-in between the page where it begins and the return from the directory.
///
/// All of it follows from the ticket that the browser keeps: nothing is stored for who never comes back.
struct Departure: Hashable, Sendable {
    let ticket: String
    /// Where the person wants to be afterwards.
    let back: String
    /// What the directory hands back, so that nobody is sent here by another than this browser's own sign-in.
    let state: String
    /// What the token has to hold, so that it is of this sign-in and no other.
    let nonce: String
    /// What the code is exchanged with, so that who has seen the code alone has nothing (RFC 7636).
    let verifier: String

    /// The verifier's digest, as the directory is shown it (`S256`).
    var challenge: String { Base64URL.encode(Suite.ed25519.digest(Array(verifier.utf8)).bytes) }
}

/// Makes tickets and knows its own again; the key lies in memory and ends with the process.
struct DepartureSeal: Sendable {
    private let key: [UInt8]

    init(random: any RandomSource) {
        key = random.bytes(32)
    }

    func make(back: String, at now: MonotonicTime, random: any RandomSource) -> Departure {
        let parts = ["\(Self.milliseconds(now))", Hex.text(random.bytes(32)), Hex.text(Array(back.utf8))]
        return departure(of: parts.joined(separator: "."), back: back)
    }

    /// - Returns: nil where the ticket is not one of this process, or is too old.
    func open(_ ticket: String, at now: MonotonicTime) -> Departure? {
        let parts = ticket.split(separator: ".", omittingEmptySubsequences: false)
        guard ticket.utf8.count <= 4_000, parts.count == 4, let made = Int64(parts[0]),
            let back = Hex.bytes(String(parts[2])).flatMap({ String(validating: $0, as: UTF8.self) })
        else { return nil }
        let departure = departure(of: parts.dropLast().joined(separator: "."), back: back)
        guard Self.areSame(departure.ticket, ticket) else { return nil }
        let age = Self.milliseconds(now) - made
        return (0...Limits.departureMilliseconds).contains(age) ? departure : nil
    }

    private func departure(of body: String, back: String) -> Departure {
        func derived(_ purpose: String) -> [UInt8] {
            Suite.ed25519.hmac(key: key, message: Array("\(purpose)\u{0}\(body)".utf8))
        }
        return Departure(
            ticket: body + "." + Hex.text(derived("ticket")), back: back, state: Base64URL.encode(derived("state")),
            nonce: Base64URL.encode(derived("nonce")), verifier: Base64URL.encode(derived("verifier")))
    }

    private static func milliseconds(_ time: MonotonicTime) -> Int64 { time.nanoseconds / 1_000_000 }

    /// Compares in a time that does not tell where two texts differ.
    static func areSame(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        return left.count == right.count && zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

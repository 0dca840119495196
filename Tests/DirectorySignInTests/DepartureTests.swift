import Effects
import Testing

@testable import DirectorySignIn

@Suite("Departures to a directory") struct DepartureTests {
    private let start = MonotonicTime(nanoseconds: 7_000_000_000)
    private let seal = DepartureSeal(random: SeededRandom(seed: 1))

    private func made(_ back: String = "/queue?reason=a&b=%E4") -> Departure {
        seal.make(back: back, at: start, random: SeededRandom(seed: 2))
    }

    @Test func `a ticket gives back the whole departure, for ten minutes`() {
        let departure = made()
        let last = start.advanced(byMilliseconds: Limits.departureMilliseconds)
        #expect(seal.open(departure.ticket, at: start) == departure)
        #expect(seal.open(departure.ticket, at: last) == departure)
        #expect(seal.open(departure.ticket, at: last.advanced(byMilliseconds: 1)) == nil)
        #expect(seal.open(departure.ticket, at: start.advanced(byMilliseconds: -1)) == nil)
        #expect(departure.back == "/queue?reason=a&b=%E4")
    }

    @Test func `a ticket that is changed at any place, cut, or of another process opens nothing`() {
        let ticket = Array(made().ticket.utf8)
        for index in ticket.indices {
            var other = ticket
            other[index] = other[index] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
            #expect(seal.open(String(decoding: other, as: UTF8.self), at: start) == nil, "\(index)")
            #expect(seal.open(String(decoding: ticket.prefix(index), as: UTF8.self), at: start) == nil)
        }
        #expect(DepartureSeal(random: SeededRandom(seed: 9)).open(made().ticket, at: start) == nil)
        #expect(seal.open("", at: start) == nil && seal.open("...", at: start) == nil)
    }

    @Test func `state, nonce and verifier differ, say nothing of each other, and fit where they go`() {
        let (one, other) = (made(), seal.make(back: "/", at: start, random: SeededRandom(seed: 4)))
        let texts = [one.state, one.nonce, one.verifier, other.state, other.nonce, other.verifier, one.challenge]
        #expect(Set(texts).count == texts.count)
        // RFC 7636, section 4.1: 43 to 128 characters of a few kinds.
        for text in texts { #expect(text.utf8.count == 43 && Base64URL.decode(text)?.count == 32) }
    }

    @Test func `the challenge is what RFC 7636 computes`() {
        let departure = Departure(
            ticket: "", back: "", state: "", nonce: "", verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        #expect(departure.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test func `Base64 for addresses is written and read without padding, and in one way only`() {
        for count in 0..<70 {
            let bytes = SeededRandom(seed: UInt64(count)).bytes(count)
            let text = Base64URL.encode(bytes)
            #expect(Base64URL.decode(text) == bytes && !text.contains("="))
        }
        #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
        for text in ["A", "AB", "AA=", "A A", "+_8", "-/8", "\n", "AAAAA", "张"] {
            #expect(Base64URL.decode(text) == nil, "\(text)")
        }
    }
}

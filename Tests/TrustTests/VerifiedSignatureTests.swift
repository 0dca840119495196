import Testing

@testable import Trust

@Suite("Signatures that are known to be good")
struct VerifiedSignatureTests {
    /// Counts how often a signature is really verified; good ones end in 1.
    private final class Verifier {
        let memory: VerifiedSignatures
        private(set) var count = 0

        init(_ generationCount: Int) {
            memory = VerifiedSignatures(generationCount: generationCount)
        }

        func check(_ key: [UInt8], _ signature: [UInt8], _ message: [UInt8]) -> Bool {
            memory.check(key: key, signature: signature, message: message) {
                count += 1
                return signature.last == 1
            }
        }
    }

    @Test("a good one is verified once, whatever differs is another, and a bad one is verified each time")
    func once() {
        let verifier = Verifier(100)
        for _ in 0..<3 { #expect(verifier.check([1], [2, 1], [3])) }
        #expect(verifier.count == 1)
        // The same bytes in other parts.
        #expect(verifier.check([1, 2], [1], [3]))
        #expect(verifier.check([1], [2, 1], [3, 0]))
        #expect(verifier.check([], [1, 2, 1], [3]))
        #expect(verifier.count == 4)
        for _ in 0..<3 { #expect(!verifier.check([1], [2, 0], [3])) }
        #expect(verifier.count == 7)
    }

    @Test("of many, those that were asked for lately stay")
    func bounds() {
        let verifier = Verifier(4)
        #expect(verifier.check([0], [1], [0]))
        for other in 1...20 {
            #expect(verifier.check([0], [1], [UInt8(other)]))
            #expect(verifier.check([0], [1], [0]))
        }
        #expect(verifier.count == 21, "the one that was asked for again and again was verified once")
        #expect(verifier.check([0], [1], [1]))
        #expect(verifier.count == 22, "one from long ago is verified again")
    }
}

import Effects
import Synchronization
import Trust
import Wire

@testable import Ledgers

/// Writes the golden batches: keys, salts and times that never change.
struct GoldenAuthor {
    /// Counts instead of drawing lots.
    final class CountingRandom: RandomSource {
        private let count = Atomic<UInt64>(0)

        func next() -> UInt64 {
            count.wrappingAdd(1, ordering: .relaxed).newValue &* 0x0101_0101_0101_0101
        }
    }

    let suite: Trust.Suite
    let key: SigningKey
    static let time = WallTime(milliseconds: 1_790_000_000_000)
    static let chain = Fixture.chain(Fixture.hill, .clinical, incarnation: 0x19A_2B3C_4D5E)

    init(_ id: SuiteID) throws {
        suite = Trust.Suite(id)
        key = try SigningKey(suite: suite, privateBytes: Array(1...32))
    }

    /// Every audience, entries with and without payload, an empty payload, a cause, a text that compresses.
    static func drafts() -> [EntryDraft] {
        let first = EntryID(batch: BatchIdentity(chain: chain, sequence: 0), index: 0)
        return [
            .note("血钾 6.8", header: .region, payload: "危急值：血钾 6.8 mmol/L", payloadAudience: .city),
            .note("b", header: .city, payload: "", payloadAudience: .parent),
            .void([first]),
            .note("d", header: .own, payload: "nobody else's", payloadAudience: .own),
            .note("e", header: .parent, payload: String(repeating: "长", count: 300), payloadAudience: .parent),
        ]
    }

    func batch(
        _ codec: Codec, sequence: UInt64 = 0, previous: Digest? = nil, continuedFrom: BatchHeader.ContinuedChain? = nil
    ) throws -> SealedBatch {
        let identity = BatchIdentity(chain: Self.chain, sequence: sequence)
        let waiting = Self.drafts().enumerated().map { index, draft in
            BatchSealer.Waiting(
                id: EntryID(batch: identity, index: UInt32(index)), draft: draft,
                time: Self.time.advanced(byMilliseconds: Int64(index) * 1_000))
        }
        return try BatchSealer(suite: suite, key: key, random: CountingRandom(), codec: codec, level: 6)
            .seal(waiting, identity: identity, previous: previous, continuedFrom: continuedFrom).batch
    }

    /// What a batch or an excerpt holds, in words that a person can check.
    static func text(_ entries: [Entry]) -> String {
        entries.map { entry in
            let payload = entry.payload.map(hex) ?? (entry.hasPayload ? "elsewhere" : "none")
            return """
                entry \(entry.id)
                  kind \(entry.kind.rawValue), subject \(entry.subject), author time \(entry.authorTime.milliseconds)
                  causes \(entry.causes.map(\.description).joined(separator: " "))
                  fields \(hex(entry.fields))
                  payload \(payload)

                """
        }
        .joined()
    }

    static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

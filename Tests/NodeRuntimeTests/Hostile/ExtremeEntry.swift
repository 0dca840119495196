import Effects
import MessageCorpus
import Trust

@testable import Ledgers
@testable import Recognition

/// An entry that was bent, and where.
struct ExtremeEntry {
    var place: String
    var entry: HostileEntry

    /// Every field of an entry's header and payload, one at a time; the honest entry first.
    ///
    /// Entries about one report or request would be many of one: each is about one of its own, as far as its kind has
    /// such a thing.
    static func variants(of sample: HonestEntries.Sample, startingAt number: Int) -> [ExtremeEntry] {
        let honest = sample.entry
        var all = [ExtremeEntry(place: "honest", entry: hostile(honest))]
        for variant in some(of: ExtremeValues.variants(of: honest.fields)) where variant.bytes.count < 48 << 10 {
            var entry = hostile(honest)
            entry.fields = variant.bytes
            all.append(ExtremeEntry(place: "fields.\(variant.place)", entry: entry))
        }
        for variant in some(of: ExtremeValues.variants(of: honest.payload ?? []))
        where variant.bytes.count < 256 << 10 {
            var entry = hostile(honest)
            entry.payload = variant.bytes
            all.append(ExtremeEntry(place: "payload.\(variant.place)", entry: entry))
        }
        for index in all.indices {
            all[index].entry = renamed(all[index].entry, number: number + index)
        }
        return all
    }

    /// Every extreme number in a field that holds a number, and as many of the others as a test has time for.
    private static func some(of variants: [ExtremeValues.Variant]) -> [ExtremeValues.Variant] {
        variants.filter(\.isNumber)
            + ExtremeForms.some(of: variants.filter { !$0.isNumber }, atMost: ExtremeForms.tries(60))
    }

    /// The fields of an entry's record itself: its time, its causes, its place.
    static func records(of samples: [HonestEntries.Sample]) -> [ExtremeEntry] {
        samples.flatMap { sample -> [ExtremeEntry] in
            let times: [Int64] = [.min, .min + 1, -1, .max, .max - 1, 1 << 53, -(1 << 53)]
            var all = times.map { time in
                var entry = hostile(sample.entry)
                entry.authorTime = time
                return ExtremeEntry(place: "\(sample.entry.kind) at \(time)", entry: entry)
            }
            let record = EntryRecord.encodeHeader(
                EntryRecord.Header(
                    salt: [UInt8](repeating: 1, count: EntryRecord.saltBytes), kind: sample.entry.kind.rawValue,
                    subject: sample.entry.subject, authorTime: sample.entry.authorTime.milliseconds,
                    causes: sample.entry.causes, fields: sample.entry.fields))
            for variant in some(of: ExtremeValues.variants(of: record, depth: 1)).prefix(60)
            where variant.bytes.count < 60 << 10 {
                var entry = hostile(sample.entry)
                entry.payload = nil
                entry.bend = { _ in variant.bytes }
                all.append(ExtremeEntry(place: "\(sample.entry.kind).\(variant.place)", entry: entry))
            }
            return all
        }
    }

    static func hostile(_ entry: Entry) -> HostileEntry {
        HostileEntry(
            kind: entry.kind, subject: entry.subject, causes: entry.causes, fields: entry.fields,
            payload: entry.payload, payloadAudience: .region)
    }

    /// The same entry about something else, where its subject ends in a serial.
    static func renamed(_ entry: HostileEntry, number: Int) -> HostileEntry {
        guard let subject = subject(of: entry, number: number) else { return entry }
        var renamed = entry
        renamed.subject = subject
        // What follows from an honest entry follows from it whatever it is called.
        renamed.fields = replacing(Array(entry.subject.utf8), by: Array(subject.utf8), in: entry.fields)
        return renamed
    }

    private static func subject(of entry: HostileEntry, number: Int) -> String? {
        switch entry.kind.rawValue {
        case 100:
            // The key is bound to the institution, field 3 of the header.
            guard
                case .bytes(let institution)? = ProtobufBytes(entry.fields)?.fields.first(where: { $0.number == 3 })?
                    .value
            else { return nil }
            return ReportKey.bound(
                Suite.ed25519.digest(Array("\(number)".utf8)), to: String(decoding: institution, as: UTF8.self),
                suite: .ed25519)
        case 102, 103, 200..<300:
            return String(entry.subject.dropLast(8)) + "\(10_000_000 + number)"
        default:
            // A reading names a result that is there.
            return nil
        }
    }

    private static func replacing(_ old: [UInt8], by new: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        var start = 0
        while start + old.count <= result.count {
            if result[start] == old[0], Array(result[start..<start + old.count]) == old {
                result.replaceSubrange(start..<start + old.count, with: new)
                start += old.count
            } else {
                start += 1
            }
        }
        return result
    }
}

import Effects
import Foundation
import SwiftProtobuf
import Testing

@testable import Wire

/// The hand-written protobuf against the library's.
struct ProtobufTests {
    @Test("integers of every length are written as the library writes them")
    func integers() throws {
        for shift in 0..<64 {
            for value in [UInt64(1) << UInt64(shift), (UInt64(1) << UInt64(shift)) &- 1] where value != 0 {
                var writer = ProtobufWriter()
                writer.integer(1, value)
                let library = try Google_Protobuf_UInt64Value.with { $0.value = value }.serializedBytes() as [UInt8]
                #expect(writer.bytes == library)
                let read = try ProtobufReader.read(writer.bytes) { reader in
                    try reader.next().flatMap { reader.integer($0) }
                }
                #expect(read == value)
            }
        }
    }

    @Test("texts, bytes, truth and messages of any length are written as the library writes them")
    func strings() throws {
        for count in [0, 1, 126, 127, 128, 129, 16_383, 16_384, 70_000] {
            let text = String(repeating: "医", count: count)
            var writer = ProtobufWriter()
            writer.text(1, text)
            let library = try Google_Protobuf_StringValue.with { $0.value = text }.serializedBytes() as [UInt8]
            #expect(writer.bytes == library)
            var outer = ProtobufWriter()
            outer.message(1) { $0.text(1, text) }
            let back = try ProtobufReader.read(outer.bytes) { reader in
                let field = try #require(try reader.next())
                var inner = try #require(reader.message(field))
                guard let part = try inner.next() else { return "" }
                return try inner.text(part) ?? "another type"
            }
            #expect(back == text)
        }
        var empty = ProtobufWriter()
        empty.text(1, "")
        empty.data(2, [])
        empty.integer(3, UInt64(0))
        empty.truth(4, false)
        empty.fixed64(5, 0)
        #expect(empty.bytes.isEmpty)
        empty.element(6, "")
        empty.message(7) { _ in }
        #expect(empty.bytes == [0x32, 0, 0x3A, 0])
    }

    @Test("a message that is cut anywhere, or is no protobuf, throws and never traps")
    func damage() throws {
        var writer = ProtobufWriter()
        writer.integer(1, UInt64.max)
        writer.fixed64(2, 7)
        writer.message(3) { $0.text(1, "结果") }
        writer.data(4, [UInt8](repeating: 9, count: 200))
        func walk(_ bytes: [UInt8]) throws -> Int {
            try ProtobufReader.read(bytes) { reader in
                var count = 0
                while let field = try reader.next() {
                    count += 1
                    _ = try reader.text(field)
                }
                return count
            }
        }
        #expect(throws: Failure("wire.badProtobuf", "")) { try walk(writer.bytes + [0xFF]) }
        for end in 1..<writer.bytes.count {
            let cut = Array(writer.bytes.prefix(end))
            #expect((try? walk(cut)) ?? 0 < 4)
        }
        let random = SeededRandom(seed: 4)
        for _ in 0..<2_000 { _ = try? walk(random.bytes(Int(random.number(below: 40)))) }
        for bad: [UInt8] in [
            [0x0B], [0x00, 0x00], [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        ] {
            #expect(throws: Failure("wire.badProtobuf", "")) { try walk(bad) }
        }
    }
}

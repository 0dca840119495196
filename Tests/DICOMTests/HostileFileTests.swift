import Effects
import Foundation
import Testing

@testable import DICOM

@Suite("DICOM files with every byte wrong")
struct HostileFileTests {
    private static let files: [[UInt8]] = {
        let fragments = Made.fragments(table: [0], [[1, 2, 3, 4], [5, 6]])
        let compressed = Made.head(.jpegBaseline) + DICOMWriter(.jpegBaseline).bytes(Made.dataset()) + fragments
        let packed = (try? Deflate.raw(DICOMWriter(.explicitLittle).bytes(Made.dataset(Made.picture)))) ?? []
        return [
            Made.file(.implicitLittle), Made.file(.explicitLittle), Made.file(.explicitBig), compressed,
            Made.head(.deflated) + packed,
        ]
    }()

    /// Reads a file as far as it goes, and everything that is asked of an instance.
    private static func use(_ bytes: [UInt8]) {
        guard let instance = try? DICOMReader.read(bytes) else { return }
        _ = try? instance.identity()
        _ = (instance.frames, instance.patientName, instance.isHeadOfAnother)
        for element in instance.dataset.elements {
            _ = (instance.dataset.texts(element.tag), instance.dataset.numbers(element.tag))
        }
    }

    @Test("no byte that is changed traps", arguments: files.indices)
    func mutated(_ index: Int) {
        let file = Self.files[index]
        for position in 128..<file.count {
            for value: UInt8 in [0xFF, file[position] ^ 1] {
                var bytes = file
                bytes[position] = value
                Self.use(bytes)
            }
        }
    }

    @Test("no four bytes that are changed trap, wherever they are a length", arguments: files.indices)
    func lengths(_ index: Int) {
        let file = Self.files[index]
        for position in 132..<(file.count - 4) {
            for value: UInt32 in [0xFFFF_FFFF, 0x7FFF_FFFF] {
                var bytes = file
                bytes.replaceSubrange(position..<(position + 4), with: DICOMWriter(.explicitLittle).long(value))
                Self.use(bytes)
            }
        }
    }

    @Test("no prefix and no part of a file traps", arguments: files.indices)
    func parts(_ index: Int) {
        let file = Self.files[index]
        for cut in file.indices {
            Self.use(Array(file[..<cut]))
            Self.use(Array(file[..<128]) + Array("DICM".utf8) + Array(file[cut...]))
        }
    }

    @Test("small files of pydicom's, cut and changed here and there, do not trap")
    func samples() throws {
        guard !Samples.areMissing() else { return }
        for file in Samples.files {
            let bytes = try file.bytes()
            guard bytes.count < 6_000 else { continue }
            for position in stride(from: 131, to: bytes.count, by: bytes.count / 10) {
                Self.use(Array(bytes[..<position]))
                var changed = bytes
                changed[position] ^= 0xFF
                Self.use(changed)
            }
        }
    }

    @Test("a gibibyte of pixel data passes in the memory of one piece")
    func memory() async {
        await #expect(processExitsWith: .success) {
            let length: UInt32 = 1 << 30
            let head = Made.file(raw: DICOMWriter(.explicitLittle).bytes(Made.dataset()))
            var reader = DICOMReader()
            try reader.feed(head + Made.raw(.pixels, "OW", length: length))
            let piece = [UInt8](repeating: 7, count: 1 << 20)
            try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
            let before = try HostileFileTests.memory("VmRSS")
            for _ in 0..<1024 { try reader.feed(piece) }
            let instance = try reader.finish()
            #expect(instance.pixels?.native?.lengthBytes == Int64(length))
            let grown = try HostileFileTests.memory("VmHWM") - before
            #expect(grown < 8 << 20, "\(grown >> 20) MiB more")
        }
    }

    @Test("a million items, and a compressed gibibyte of nothing, stay within their bounds")
    func floods() async {
        await #expect(processExitsWith: .success) {
            var reader = DICOMReader()
            let open = Made.raw(DICOMTag(0x0008, 0x1032), "SQ", length: .max)
            try reader.feed(Made.file(raw: open))
            try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
            let before = try HostileFileTests.memory("VmRSS")
            let piece = (0..<1000).flatMap { _ in Made.item(length: 0) }
            for _ in 0..<1000 { try reader.feed(piece) }
            try reader.feed(Made.sequenceEnd)
            _ = try reader.finish()
            var deflated = try DICOMReader(transferSyntax: .deflated)
            let zeros = try Deflate.raw(
                Made.raw(DICOMTag(0x7FE0, 0x0010), "OW", length: 1 << 28) + [UInt8](repeating: 0, count: 1 << 28))
            try deflated.feed(zeros)
            #expect(try deflated.finish().pixels?.native?.lengthBytes == 1 << 28)
            let grown = try HostileFileTests.memory("VmHWM") - before
            #expect(grown < 700 << 20, "\(grown >> 20) MiB more")
        }
    }

    private static func memory(_ name: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        let kibibytes = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
        return try #require(kibibytes) << 10
    }
}

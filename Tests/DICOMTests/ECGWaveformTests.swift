import Effects
import Testing

@testable import DICOM

@Suite("Electrocardiograms")
struct ECGWaveformTests {
    private static func channel(_ name: String, sensitivity: String, unit: String, baseline: String) -> DICOMDataset {
        DICOMDataset([
            .sequence(DICOMTag(0x003A, 0x0208), [DICOMDataset([.text(DICOMTag(0x0008, 0x0104), name)])]),
            .text(DICOMTag(0x003A, 0x0210), sensitivity), .text(DICOMTag(0x003A, 0x0212), "1"),
            .text(DICOMTag(0x003A, 0x0213), baseline),
            .sequence(DICOMTag(0x003A, 0x0211), [DICOMDataset([.text(DICOMTag(0x0008, 0x0100), unit)])]),
        ])
    }

    private static func group(_ more: [DICOMElement] = []) -> [DICOMElement] {
        let replaced = Set(more.map(\.tag))
        return [
            .shorts(DICOMTag(0x003A, 0x0005), 2), .longs(DICOMTag(0x003A, 0x0010), 3),
            .text(DICOMTag(0x003A, 0x001A), "500"), .shorts(DICOMTag(0x5400, 0x1004), 16),
            .text(DICOMTag(0x5400, 0x1006), "SS"),
            .sequence(
                DICOMTag(0x003A, 0x0200),
                [
                    channel("Lead I (Einthoven)", sensitivity: "2.5", unit: "uV", baseline: "0"),
                    channel("Lead <b>&", sensitivity: "0.01", unit: "mV", baseline: "1"),
                ]),
            DICOMElement(
                DICOMTag(0x5400, 0x1010), .ow, .bytes([100, 0, 1, 0, 0x9C, 0xFF, 2, 0, 0, 0, 0xFF, 0xFF])),
        ].filter { !replaced.contains($0.tag) } + more
    }

    private static func read(_ syntax: DICOMTransferSyntax, _ group: [DICOMElement]) throws -> [ECGWaveform] {
        let bytes = Made.file(syntax, [.sequence(.waveforms, [DICOMDataset(group)])])
        return try ECGWaveform.all(in: try DICOMReader.read(bytes, bounds: .waveforms))
    }

    @Test(
        "samples become microvolts, channel by channel",
        arguments: [DICOMTransferSyntax.implicitLittle, .explicitLittle, .explicitBig])
    func samples(_ syntax: DICOMTransferSyntax) throws {
        let waveform = try #require(try Self.read(syntax, Self.group()).first)
        #expect(waveform.samplesPerSecond == 500 && waveform.seconds == 0.006)
        #expect(waveform.channels.map(\.label) == ["I", "<b>&"])
        #expect(waveform.channels[0].microvolts == [250, -250, 0])
        #expect(waveform.channels[1].microvolts.map { $0.rounded() } == [1010, 1020, 990])
    }

    @Test("one that cannot be read is named")
    func broken() throws {
        let wrong: [DICOMElement] = [
            .shorts(DICOMTag(0x003A, 0x0005), 3), .shorts(DICOMTag(0x003A, 0x0005), 0),
            .longs(DICOMTag(0x003A, 0x0010), 4), .longs(DICOMTag(0x003A, 0x0010), .max),
            .longs(DICOMTag(0x003A, 0x0010), 0), .text(DICOMTag(0x003A, 0x001A), "0"),
            .text(DICOMTag(0x003A, 0x001A), "1e300"), .shorts(DICOMTag(0x5400, 0x1004), 32),
            .text(DICOMTag(0x5400, 0x1006), "SB"), .sequence(DICOMTag(0x003A, 0x0200), []),
            DICOMElement(DICOMTag(0x5400, 0x1010), .ow, .bytes([])),
        ]
        for element in wrong {
            let result = Result { try Self.read(.explicitLittle, Self.group([element])) }
            #expect(result.code == "dicom.badWaveform", "\(element)")
        }
        let none = Result { try ECGWaveform.all(in: try DICOMReader.read(Made.file())) }
        #expect(none.code == "dicom.noWaveform")
    }

    /// The names of the elements of a drawing.
    private static func tags(_ svg: String) -> [String] {
        svg.split(separator: "<").map { part in String(part.prefix { $0.isLetter || $0 == "/" }) }
    }

    @Test("the drawing is well-formed, to scale, and escapes what others wrote")
    func drawing() throws {
        let waveform = try #require(try Self.read(.explicitLittle, Self.group()).first)
        let svg = ECGDrawing.svg(waveform, title: "ECG of \"A\" & <B>\u{202E}")
        #expect(
            Self.tags(svg).filter { !["/svg", "/title", "/text"].contains($0) } == [
                "svg", "title", "rect", "path", "path", "path", "text", "path", "path", "text", "path", "text",
            ])
        #expect(svg.contains("<title>ECG of &quot;A&quot; &amp; &lt;B&gt;&lt;U+202E&gt;</title>"))
        #expect(svg.contains(">I</text>") && svg.contains(">&lt;b&gt;&amp;</text>"))
        // 250 µV are 2.5 mm above the middle of the first row; a sample is 0.05 mm.
        #expect(svg.contains("M15 10L15.05 15L15.1 12.5"))
        #expect(!svg.contains("<script") && !svg.contains("style="))
    }

    @Test("a long recording is drawn in few points that keep every peak")
    func long() {
        var samples = [Double](repeating: 0, count: 1_000_000)
        samples[77_777] = 1_000
        let waveform = ECGWaveform(
            channels: [ECGWaveform.Channel(label: "V1", microvolts: samples)], samplesPerSecond: 10_000)
        let svg = ECGDrawing.svg(waveform, title: "")
        #expect(svg.utf8.count < 1 << 20 && svg.contains(" 2.5L"))
    }

    @Test("the twelve leads of pydicom's are read as pydicom reads them")
    func foreign() throws {
        guard !Samples.areMissing() else { return }
        let file = try #require(Samples.files.first { $0.name == "test_files/waveform_ecg.dcm" })
        let all = try ECGWaveform.all(in: try DICOMReader.read(try file.bytes(), bounds: .waveforms))
        let rhythm = try #require(all.first)
        #expect(
            rhythm.channels.map(\.label) == [
                "I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6",
            ])
        #expect(rhythm.channels.map { $0.microvolts[1] } == Self.second)
        #expect(rhythm.seconds == 10 && all.count == 2)
        #expect(Self.tags(ECGDrawing.svg(rhythm, title: "ECG")).count { $0 == "text" } == 13)
    }

    /// What pydicom's `multiplex_array` has for the second sample, in microvolts.
    private static let second = [
        81.25, 106.25, 25.0, -93.75, 27.5, 65.0, 50.0, 25.0, -12.5, -25.0, -75.0, -50.0,
    ]
}

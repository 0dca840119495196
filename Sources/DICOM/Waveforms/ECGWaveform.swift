import Effects

/// A recording of several leads at one rate (PS3.3, C.10.9).
package struct ECGWaveform: Sendable {
    package struct Channel: Sendable {
        /// As people write it: `I`, `aVR`, `V1`.
        package var label: String
        package var microvolts: [Double]

        package init(label: String, microvolts: [Double]) {
            self.label = label
            self.microvolts = microvolts
        }
    }

    package var channels: [Channel]
    package var samplesPerSecond: Double

    package init(channels: [Channel], samplesPerSecond: Double) {
        self.channels = channels
        self.samplesPerSecond = samplesPerSecond
    }

    package var seconds: Double { Double(channels.first?.microvolts.count ?? 0) / samplesPerSecond }

    /// The recordings of an instance, in their order; it has to be read with ``DICOMBounds/waveforms``.
    ///
    /// - Throws: `dicom.noWaveform` where it holds none, `dicom.badWaveform` where one cannot be read.
    package static func all(in instance: DICOMInstance) throws -> [ECGWaveform] {
        let groups = instance.dataset.items(.waveforms)
        guard !groups.isEmpty else { throw Failure("dicom.noWaveform", "the instance holds no waveform") }
        return try groups.map(ECGWaveform.init)
    }

    private static var bad: Failure { Failure("dicom.badWaveform", "a waveform cannot be read") }

    private init(_ group: DICOMDataset) throws {
        let definitions = group.items(DICOMTag(0x003A, 0x0200))
        guard let rate = group.number(DICOMTag(0x003A, 0x001A)), rate.isFinite, rate >= 1, rate <= 100_000,
            let count = group.integer(DICOMTag(0x003A, 0x0005)), (1...Limits.dicomWaveformChannels).contains(count),
            let samples = group.integer(DICOMTag(0x003A, 0x0010)), samples > 0, definitions.count == count,
            let bits = group.integer(DICOMTag(0x5400, 0x1004)), bits == 8 || bits == 16,
            let data = group.bytes(DICOMTag(0x5400, 0x1010)),
            samples <= data.count / count / (bits / 8)
        else { throw Self.bad }
        let kind = group.text(DICOMTag(0x5400, 0x1006)) ?? (bits == 16 ? "SS" : "SB")
        guard ["SS", "US", "SB", "UB"].contains(kind), kind.hasSuffix("S") == (bits == 16) else { throw Self.bad }
        samplesPerSecond = rate
        channels = try definitions.enumerated().map { index, definition in
            let scale = try Self.scale(definition)
            let values = (0..<samples).map { sample in
                Self.sample(data, at: sample * count + index, kind, group.form) * scale.factor + scale.baseline
            }
            return Channel(label: Self.label(definition, index), microvolts: values)
        }
    }

    private static func sample(_ data: [UInt8], at index: Int, _ kind: String, _ form: DICOMForm) -> Double {
        switch kind {
        case "SB": return Double(Int8(bitPattern: data[index]))
        case "UB": return Double(data[index])
        default:
            let bits = form.short(data[(2 * index)..<(2 * index + 2)])
            return kind == "US" ? Double(bits) : Double(Int16(bitPattern: bits))
        }
    }

    /// What one step of a sample is in microvolts, and where its zero lies.
    private static func scale(_ definition: DICOMDataset) throws -> (factor: Double, baseline: Double) {
        let sensitivity = definition.number(DICOMTag(0x003A, 0x0210)) ?? 1
        let correction = definition.number(DICOMTag(0x003A, 0x0212)) ?? 1
        let baseline = definition.number(DICOMTag(0x003A, 0x0213)) ?? 0
        let unit = definition.items(DICOMTag(0x003A, 0x0211)).first?.text(DICOMTag(0x0008, 0x0100)) ?? "uV"
        guard let inMicrovolts = ["uV": 1, "mV": 1_000, "V": 1_000_000, "nV": 0.001][unit] else { throw bad }
        let factor = sensitivity * correction * inMicrovolts
        guard abs(factor) <= 1e9, abs(baseline) <= 1e9 else { throw bad }
        return (factor, baseline * inMicrovolts)
    }

    /// `Lead aVR` and `Lead I (Einthoven)` without what is around the lead's name.
    private static func label(_ definition: DICOMDataset, _ index: Int) -> String {
        let source = definition.items(DICOMTag(0x003A, 0x0208)).first?.text(DICOMTag(0x0008, 0x0104))
        let text = source ?? definition.text(DICOMTag(0x003A, 0x0203)) ?? "\(index + 1)"
        let name = text.hasPrefix("Lead ") ? text.dropFirst(5) : text[...]
        return String(name.prefix { $0 != "(" }.trimmed.prefix(24))
    }
}

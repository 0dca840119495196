import Effects

/// How much of an instance is described while it is read; all of it is checked.
package struct DICOMBounds: Sendable {
    package var elements: Int
    package var valueBytes: Int
    package var totalBytes: Int

    package init(
        elements: Int = Limits.dicomDescribedElements, valueBytes: Int = Limits.dicomValueBytes,
        totalBytes: Int = Limits.dicomDescribedBytes
    ) {
        self.elements = elements
        self.valueBytes = valueBytes
        self.totalBytes = totalBytes
    }

    /// For what is stored and found again.
    package static let standard = DICOMBounds()
    /// For what draws waveforms.
    package static let waveforms = DICOMBounds(
        valueBytes: Limits.dicomWaveformBytes, totalBytes: 2 * Limits.dicomWaveformBytes)
}

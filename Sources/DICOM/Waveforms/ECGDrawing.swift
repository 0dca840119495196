import Effects

/// An electrocardiogram on its usual paper: 25 mm a second, 10 mm a millivolt, lines each millimetre and each five.
package enum ECGDrawing {
    private static let millimetresPerSecond = 25.0
    private static let millimetresPerMillivolt = 10.0
    private static let rowMillimetres = 25.0
    /// Room for the mark of a millivolt and the lead's name.
    private static let marginMillimetres = 15.0

    /// One lead below the other as SVG, without script or style sheet, measured in millimetres.
    ///
    /// - Parameter title: what the picture is, for whoever cannot see it; it is escaped.
    package static func svg(_ waveform: ECGWaveform, title: String) -> String {
        let shown = min(waveform.seconds, Limits.ecgSecondsDrawn)
        let width = (marginMillimetres + shown * millimetresPerSecond + 5).rounded(.up)
        let height = Double(waveform.channels.count) * rowMillimetres + 10
        var svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"\(size(width))mm\" "
        svg += "height=\"\(size(height))mm\" viewBox=\"0 0 \(size(width)) \(size(height))\">"
        svg += "<title>\(escaped(title))</title>" + paper(width, height)
        for (index, channel) in waveform.channels.enumerated() {
            svg += row(channel, at: (Double(index) + 0.5) * rowMillimetres, waveform.samplesPerSecond, shown)
        }
        svg +=
            "<text x=\"2\" y=\"\(size(height - 2))\" font-size=\"4\" font-family=\"sans-serif\">25 mm/s  10 mm/mV</text>"
        return svg + "</svg>"
    }

    private static func paper(_ width: Double, _ height: Double) -> String {
        func lines(_ step: Double, _ colour: String, _ stroke: String) -> String {
            var path = ""
            for x in stride(from: 0, through: width, by: step) { path += "M\(size(x)) 0V\(size(height))" }
            for y in stride(from: 0, through: height, by: step) { path += "M0 \(size(y))H\(size(width))" }
            return "<path d=\"\(path)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"\(stroke)\"/>"
        }
        return "<rect width=\"\(size(width))\" height=\"\(size(height))\" fill=\"#fff8f6\"/>"
            + lines(1, "#f6d3cd", "0.1") + lines(5, "#e8a59a", "0.2")
    }

    private static func row(
        _ channel: ECGWaveform.Channel, at middle: Double, _ rate: Double, _ seconds: Double
    ) -> String {
        let high = middle - millimetresPerMillivolt
        var row = "<path d=\"M1 \(size(middle))H3V\(size(high))H8V\(size(middle))H10\" "
        row += "fill=\"none\" stroke=\"#222\" stroke-width=\"0.3\"/>"
        row += "<text x=\"2\" y=\"\(size(middle + 6))\" font-size=\"4\" font-family=\"sans-serif\">"
        row += escaped(channel.label) + "</text><path d=\""
        var isFirst = true
        for (sample, microvolts) in points(channel.microvolts, rate, seconds) {
            let x = marginMillimetres + Double(sample) / rate * millimetresPerSecond
            let shift = min(max(microvolts / 1_000 * millimetresPerMillivolt, -2 * rowMillimetres), 2 * rowMillimetres)
            row += (isFirst ? "M" : "L") + size(x) + " " + size(middle - shift)
            isFirst = false
        }
        return row + "\" fill=\"none\" stroke=\"#111\" stroke-width=\"0.25\" stroke-linejoin=\"round\"/>"
    }

    /// All samples, or the least and the greatest of each stretch where there are more than can be told apart.
    private static func points(_ values: [Double], _ rate: Double, _ seconds: Double) -> [(Int, Double)] {
        let values = values.prefix(Int(min(seconds * rate, Double(values.count)).rounded()))
        let stretch = Int((rate / Limits.ecgPointsPerSecond).rounded(.up))
        guard stretch > 1 else { return Array(values.enumerated().map { ($0.offset, $0.element) }) }
        return stride(from: 0, to: values.count, by: 2 * stretch).flatMap { start -> [(Int, Double)] in
            let part = start..<min(start + 2 * stretch, values.count)
            guard let least = part.min(by: { values[$0] < values[$1] }),
                let greatest = part.max(by: { values[$0] < values[$1] })
            else { return [] }
            return [min(least, greatest), max(least, greatest)].map { ($0, values[$0]) }
        }
    }

    /// Millimetres with two digits behind the point.
    private static func size(_ value: Double) -> String {
        let hundredths = Int((min(max(value, -1e7), 1e7) * 100).rounded())
        let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
        let digits = rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
        return (hundredths < 0 ? "-" : "") + "\(whole)" + digits
    }

    private static func escaped(_ text: String) -> String {
        PlainText.line(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}

/// Bars over a scale from zero, with the same numbers as a table.
package struct BarChart: Sendable, PagePart {
    package struct Bar: Sendable {
        package var name: String
        /// None is a gap and no zero.
        package var value: Int?
        /// Not finished yet: hatched.
        package var isOpen: Bool

        package init(_ name: String, _ value: Int?, isOpen: Bool = false) {
            self.name = name
            self.value = value
            self.isOpen = isOpen
        }
    }

    package var id: String
    package var title: String
    /// What the bars show, as a sentence.
    package var finding: String
    package var nameTitle: String
    package var valueTitle: String
    package var bars: [Bar]
    /// Every how many bars have their name below them.
    package var namedEvery: Int

    package init(
        _ id: String, _ title: String, finding: String, nameTitle: String, valueTitle: String, _ bars: [Bar],
        namedEvery: Int = 1
    ) {
        self.id = id
        self.title = title
        self.finding = finding
        self.nameTitle = nameTitle
        self.valueTitle = valueTitle
        self.bars = bars
        self.namedEvery = max(1, namedEvery)
    }

    private static let width = 300
    private static let height = 96

    /// A round number that no bar passes.
    private var top: Int {
        let most = bars.compactMap(\.value).max() ?? 0
        var step = 1
        while step < .max / 100 {
            for factor in [1, 2, 5] where step * factor * 2 >= most { return step * factor * 2 }
            step *= 10
        }
        return max(1, most)
    }

    package func html(in scene: Scene) -> HTML {
        let rows = bars.map { bar -> HTML in
            let value = bar.value.map { scene.words.grouped($0) } ?? "–"
            return "<tr><th scope=\"row\">\(bar.name)</th><td class=\"n\">\(value)</td></tr>"
        }
        return """
            <figure><svg class="chart" viewBox="0 -8 336 128" role="img" aria-labelledby="\(id)-t \(id)-d"><title \
            id="\(id)-t">\(title)</title><desc id="\(id)-d">\(finding)</desc>\(Self.hatch)\(columns)\(scale(scene))</svg>\
            <details><summary class="note">\(scene.words("The same numbers as a table", "同样的数字，用表格看"))</summary>\
            <table><caption class="hide">\(title)</caption><thead><tr><th scope="col">\(nameTitle)</th><th scope="col" \
            class="n">\(valueTitle)</th></tr></thead><tbody>\(rows)</tbody></table></details></figure>
            """
    }

    private static let hatch: HTML = """
        <defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
        <line class="hatch-line" x1="0" y1="0" x2="0" y2="5"/></pattern></defs>
        """

    private var columns: [HTML] {
        let slot = Double(Self.width) / Double(max(1, bars.count))
        let top = Double(top)
        return bars.enumerated().map { index, bar -> HTML in
            let left = Double(index) * slot
            let share = Double(max(0, bar.value ?? 0)) / top
            let height = share * Double(Self.height)
            let name: HTML = .when(
                index.isMultiple(of: namedEvery),
                "<text x=\"\(tenths(left))\" y=\"114\">\(bar.name)</text>")
            guard bar.value != nil else { return name }
            return """
                <rect class="\(bar.isOpen ? "bar-soft" : "bar-fill")" x="\(tenths(left + slot * 0.12))" \
                y="\(tenths(Double(Self.height) - height))" width="\(tenths(slot * 0.76))" height="\(tenths(height))"/>\(name)
                """
        }
    }

    private func scale(_ scene: Scene) -> HTML {
        """
        <line class="axis" x1="0" x2="300" y1="96" y2="96"/><text x="308" y="100">0</text><line class="rule" x1="0" \
        x2="300" y1="48" y2="48"/><text x="308" y="52">\(scene.words.grouped(top / 2))</text><line class="rule" x1="0" \
        x2="300" y1="0" y2="0"/><text x="308" y="4">\(scene.words.grouped(top))</text>
        """
    }

    private func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}

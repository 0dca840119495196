import Effects

@testable import Recognition
@testable import Regions

/// A small region as text, without what other services read, and ways to change one thing in it.
enum SampleRegion {
    static let text = """
        region: sample
        name: 示例
        version: 7
        validFrom: 2026-01-01
        units:
          - id: hq
            name: 调度中心
            division: 140300
            tier: dispatcher
            kind: dispatch-centre
            node: root
          - id: bureau
            name: 卫健委
            division: 140300
            tier: city
            kind: authority
            node: city
          - id: hospital
            name: 县医院
            division: 140321
            institution: YQ000002914032111A1001
            tier: county
            kind: hospital
            node: east
          - id: centre
            name: 卫生院
            division: 140321107
            tier: township
            kind: township-centre
            node: hill
        nodes:
          - {id: root, name: 调度, tier: dispatcher, unit: hq, division: 140300}
          - {id: city, name: 市, tier: city, unit: bureau, division: 140300, addresses: ["10.0.0.1:7443"]}
          - {id: east, name: 东县, tier: county, unit: hospital, division: 140321}
          - {id: west, name: 西县, tier: county, unit: hospital, division: 140322}
          - {id: hill, name: 山镇, tier: township, unit: centre, division: 140321107}
        management:
          - {child: city, parent: root, from: 2026-01-01}
          - {child: east, parent: city, from: 2026-01-01}
          - {child: west, parent: city, from: 2026-01-01}
          - {child: hill, parent: east, from: 2026-01-01, to: 2026-07-01}
          - {child: hill, parent: west, from: 2026-07-01}
        """

    /// What recognition reads of a region's files.
    static let sections = ConfigurationSections(region: [RecognitionRules.self])

    static func configuration() throws -> RegionConfiguration {
        try RegionFile.read(text, fileName: "region.yaml", sections: sections)
    }

    /// The number of the first line that holds a text, from 1; 0 where none does.
    static func line(of needle: String, in text: String) -> Int {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return (lines.firstIndex { $0.contains(needle) } ?? -1) + 1
    }

    /// The sample with the first occurrence of `old` replaced.
    static func changed(_ old: String, _ new: String) -> String {
        guard let range = text.range(of: old) else { return "" }
        return text.replacingCharacters(in: range, with: new)
    }
}

extension String {
    /// Where another text first occurs, without Foundation.
    func range(of needle: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
            start = index(after: start)
        }
        return nil
    }

    func replacingCharacters(in range: Range<String.Index>, with other: String) -> String {
        String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}

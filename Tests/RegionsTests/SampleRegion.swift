import Consultation
import Effects
import Indicators
import MessageCorpus
import WorkflowKit

@testable import Regions

/// A small region as text, and ways to change one thing in it.
enum SampleRegion {
    static let text =
        SampleRegionText.yaml + """

            rosters:
              - home: east
                experts:
                  - {id: ecg-one, name: 甲, node: east, specialties: [ecg]}
                  - {id: ecg-two, name: 乙, node: east, specialties: [ecg, imaging]}
            serviceLevels:
              - kind: ecg-emergency
                name: 急诊心电
                specialty: ecg
                claimSeconds: 300
                reportSeconds: 600
                graceSeconds: 60
            indicators:
              - {id: results-published, name: 发布数}
            """

    /// What the services read, so that the sample has something of theirs.
    static let sections = ConfigurationSections(
        region: [RosterSection.self, ConsultationSection.self, IndicatorsSection.self],
        node: [ExpertsHere.self, ClosingDelays.self],
        indicatorIDs: ["results-published", "turnaround"])

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

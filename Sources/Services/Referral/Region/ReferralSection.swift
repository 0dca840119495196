import Effects
package import Regions
import SwiftProtobuf

/// What the region agrees on about referrals.
package struct ReferralSection: RegionSection {
    package static let name = "referral"
    package static let keys = ["referralLevels"]
    package static let unwritten = ReferralSection()

    package var levels: [ReferralLevel]

    package init(levels: [ReferralLevel] = []) { self.levels = levels }

    package func check(in checker: inout RegionChecker) {
        checker.checkUnique(levels.map(\.kind), list: "referralLevels", key: "kind", what: "the kind of referral")
    }

    package func compare(with old: Self, in difference: inout RegionDifference) {
        difference.compare(old.levels.map(Self.item), levels.map(Self.item))
    }

    package var contents: SectionContents? {
        let titles = ["KIND", "NAME", "DIRECTION", ">ANSWER", ">ARRIVAL", ">RETURN"]
        let rows = levels.map { level in
            [
                level.kind, level.name, level.direction.rawValue, "\(level.answerSeconds) s",
                "\(level.arrivalSeconds) s", "\(level.returnSeconds) s",
            ]
        }
        return SectionContents(
            Self.name, figures: ["referralLevels": rows.count],
            lines: ["\(Self.name): \(rows.count) kinds of referral"],
            tables: rows.isEmpty ? [] : [SectionContents.Table(titles, rows: rows)])
    }

    private static func item(_ level: ReferralLevel) -> RegionDifference.Item {
        RegionDifference.Item(
            "referral level \(level.kind)",
            [
                ("name", level.name), ("direction", level.direction.rawValue), ("answer", "\(level.answerSeconds) s"),
                ("arrival", "\(level.arrivalSeconds) s"), ("return", "\(level.returnSeconds) s"),
            ])
    }

    // MARK: The region's file

    package init(_ file: inout RegionFileReader) {
        var levels: [ReferralLevel] = []
        let keys = ["kind", "name", "direction", "answerSeconds", "arrivalSeconds", "returnSeconds"]
        let seconds: (String) throws -> UInt32 = YAMLValue.number(1...31_536_000, unit: "seconds")
        for item in file.root.mappings("referralLevels", required: false, what: "a kind of referral", keys: keys) {
            let kind = item.required("kind", YAMLValue.word)
            let name = item.required("name", YAMLValue.text)
            let direction = item.required("direction", YAMLValue.choice(ReferralDirection.allCases))
            let answer = item.required("answerSeconds", seconds)
            let arrival = item.required("arrivalSeconds", seconds)
            let back = item.required("returnSeconds", seconds)
            guard let kind, let name, let direction, let answer, let arrival, let back else { continue }
            file.place("referralLevels.\(levels.count)", at: item)
            levels.append(
                ReferralLevel(
                    kind: kind, name: name, direction: direction, answerSeconds: answer, arrivalSeconds: arrival,
                    returnSeconds: back))
        }
        self.init(levels: levels)
    }

    // MARK: Bytes

    package func wireBytes() throws -> [UInt8] {
        var message = PBReferralSection()
        message.levels = levels.map { level in
            var part = PBReferralLevel()
            part.kind = level.kind
            part.name = level.name
            part.direction = level.direction.rawValue
            part.answerSeconds = level.answerSeconds
            part.arrivalSeconds = level.arrivalSeconds
            part.returnSeconds = level.returnSeconds
            return part
        }
        do { return try message.serializedBytes() } catch { throw Self.unreadable }
    }

    package init(wireBytes bytes: [UInt8]) throws {
        let message: PBReferralSection
        do { message = try PBReferralSection(serializedBytes: bytes) } catch { throw Self.unreadable }
        self.init(
            levels: try message.levels.map { part in
                guard let direction = ReferralDirection(rawValue: part.direction) else { throw Self.unreadable }
                return ReferralLevel(
                    kind: part.kind, name: part.name, direction: direction,
                    answerSeconds: try ReferralLevel.seconds(PeerNumber.label(part.answerSeconds)),
                    arrivalSeconds: try ReferralLevel.seconds(PeerNumber.label(part.arrivalSeconds)),
                    returnSeconds: try ReferralLevel.seconds(PeerNumber.label(part.returnSeconds)))
            })
    }
}

extension RegionConfiguration {
    /// What is agreed about each kind of referral.
    package var referralLevels: [ReferralLevel] {
        get { section(ReferralSection.self).levels }
        set { set(ReferralSection(levels: newValue)) }
    }

    package func referralLevel(_ kind: String) -> ReferralLevel? { referralLevels.first { $0.kind == kind } }
}

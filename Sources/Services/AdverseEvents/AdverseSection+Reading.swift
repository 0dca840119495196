import Effects
package import Regions
import SwiftProtobuf

extension AdverseSection {
    // MARK: The region's file

    package init(_ file: inout RegionFileReader) {
        self.init()
        let seconds: (String) throws -> UInt32 = YAMLValue.number(1...31_536_000, unit: "seconds")
        let keys = ["grade", "name", "acceptSeconds", "analysisSeconds", "lawSeconds"]
        for item in file.root.mappings("adverseLevels", required: false, what: "a grade", keys: keys) {
            let grade = item.required("grade", YAMLValue.word)
            let name = item.required("name", YAMLValue.text)
            let accept = item.required("acceptSeconds", seconds)
            let analysis = item.required("analysisSeconds", seconds)
            let law = item.optional("lawSeconds", seconds)
            guard let grade, let name, let accept, let analysis else { continue }
            file.place("adverseLevels.\(levels.count)", at: item)
            levels.append(
                AdverseLevel(
                    grade: grade, name: name, acceptSeconds: accept, analysisSeconds: analysis, lawSeconds: law))
        }
        let (what, lineKeys) = ("quality controllers", ["unit", "node", "ids"])
        for item in file.root.mappings("adverseControllers", required: false, what: what, keys: lineKeys) {
            let unit = item.required("unit") { try OrgUnitID($0) }
            let node = item.required("node") { try NodeID($0) }
            let ids = item.list("ids", required: true, YAMLValue.text)
            guard let unit, let node else { continue }
            file.place("adverseControllers.\(controllers.count)", at: item)
            controllers.append(AdverseControllers(unit: unit, node: node, practitioners: Set(ids)))
        }
    }

    // MARK: Bytes

    package func wireBytes() throws -> [UInt8] {
        var message = PBAdverseSection()
        message.levels = levels.map { level in
            var part = PBAdverseLevel()
            part.grade = level.grade
            part.name = level.name
            part.acceptSeconds = level.acceptSeconds
            part.analysisSeconds = level.analysisSeconds
            if let law = level.lawSeconds { part.lawSeconds = law }
            return part
        }
        message.controllers = controllers.map { line in
            var part = PBAdverseControllers()
            part.unit = line.unit.rawValue
            part.node = line.node.rawValue
            part.ids = line.practitioners.sorted()
            return part
        }
        do { return try message.serializedBytes() } catch { throw Self.unreadable }
    }

    package init(wireBytes bytes: [UInt8]) throws {
        let message: PBAdverseSection
        do { message = try PBAdverseSection(serializedBytes: bytes) } catch { throw Self.unreadable }
        self.init(
            levels: try message.levels.map { part in
                AdverseLevel(
                    grade: part.grade, name: part.name,
                    acceptSeconds: try AdverseLevel.seconds(PeerNumber.label(part.acceptSeconds)),
                    analysisSeconds: try AdverseLevel.seconds(PeerNumber.label(part.analysisSeconds)),
                    lawSeconds: part.hasLawSeconds ? try AdverseLevel.seconds(PeerNumber.label(part.lawSeconds)) : nil)
            },
            controllers: try message.controllers.map { part in
                AdverseControllers(
                    unit: try OrgUnitID(part.unit), node: try NodeID(part.node), practitioners: Set(part.ids))
            })
    }
}

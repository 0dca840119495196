/// A part of Yangquan as a test wants it: the files that its operators would have written.
struct RegionPlan: Sendable {
    /// An expert of a roster.
    struct Expert: Sendable {
        var id: String
        var node: String
    }

    /// A kind of request with short deadlines.
    struct Level: Sendable {
        var kind: String
        var claimSeconds: Int
        var reportSeconds: Int
        var graceSeconds: Int
    }

    var version = 1
    /// Ids of ``RegionPlan/Place/all``, in any order.
    var nodes: [String]
    /// By home; all of them for `ecg`.
    var rosters: [String: [Expert]] = [:]
    var levels: [Level] = []
    /// Kinds of referral upward, each with times of a day.
    var referralKinds: [String] = []

    private var places: [Place] { Place.all.filter { nodes.contains($0.node) } }

    /// The text of `region.yaml`.
    var regionText: String {
        let part = { (title: String, lines: [String]) in
            lines.isEmpty ? [] : [title + ":"] + lines.map { "  - {" + $0 + "}" }
        }
        var lines = [
            "region: yangquan", "name: 阳泉", "version: \(version)", "suite: ed25519", "validFrom: 2026-01-01",
            // Tests ask for every person of a day, again and again until they are there.
            "access: {rates: {practitioner: 1000000, system: 1000000, node: 1000000}}",
        ]
        lines += part("units", places.flatMap(\.unitLines))
        lines += part("nodes", places.map(\.nodeLine))
        lines += part(
            "management",
            places.compactMap { place in
                place.parent.map { "child: \(place.node), parent: \($0), from: 2026-01-01" }
            })
        if !rosters.isEmpty { lines.append("rosters:") }
        for (home, experts) in rosters.sorted(by: { $0.key < $1.key }) {
            lines += ["  - home: \(home)", "    experts:"]
            lines += experts.map { "      - {id: \($0.id), name: 专家, node: \($0.node), specialties: [ecg]}" }
        }
        lines += part(
            "serviceLevels",
            levels.map { level in
                "kind: \(level.kind), name: 心电诊断, specialty: ecg, claimSeconds: \(level.claimSeconds), "
                    + "reportSeconds: \(level.reportSeconds), graceSeconds: \(level.graceSeconds)"
            })
        lines += part(
            "referralLevels",
            referralKinds.map { kind in
                "kind: \(kind), name: 上转, direction: up, answerSeconds: 86400, arrivalSeconds: 86400, "
                    + "returnSeconds: 86400"
            })
        return lines.joined(separator: "\n") + "\n"
    }

    /// The text of a node's own file.
    static func nodeText(_ id: String) -> String {
        let place = Place.all.first { $0.node == id }
        var lines = ["node: \(id)", "dataFolder: data/\(id)", "health: {listen: \"127.0.0.1:0\"}"]
        if place?.tier != "township" { lines.append("link: {listen: \"127.0.0.1:0\"}") }
        guard let unit = place?.deliveringUnit else { return lines.joined(separator: "\n") + "\n" }
        lines += [
            "mllp:", "  - {listen: \"127.0.0.1:0\", unit: \(unit), clients: [127.0.0.1], encoding: UTF-8}",
            "https:", "  listen: 127.0.0.1:0", "  systems:",
            "    - {name: his, unit: \(unit), tokenFile: tokens/his, purpose: treatment, practitioner: his}",
        ]
        return lines.joined(separator: "\n") + "\n"
    }
}

extension RegionPlan {
    /// A node of the demo region with its units.
    struct Place: Sendable {
        var node: String
        var tier: String
        var parent: String?
        var division: String
        /// The kind of the unit that runs it.
        var kind: String
        /// The code of the institution whose systems deliver here.
        var institution: String?

        private var runningUnit: String { node + "-own" }

        /// The unit whose systems deliver here: the township's centre itself, a county's hospital beside the group.
        var deliveringUnit: String? {
            guard institution != nil else { return nil }
            return tier == "township" ? runningUnit : node + "-hospital"
        }

        var nodeLine: String {
            "id: \(node), name: \(node), tier: \(tier), unit: \(runningUnit), division: \(division)"
        }

        var unitLines: [String] {
            let common = "division: \(division), tier: \(tier), node: \(node)"
            let code = institution.map { ", institution: \($0)" } ?? ""
            if tier == "township" { return ["id: \(runningUnit), name: 卫生院, \(common), kind: \(kind)\(code)"] }
            let own = "id: \(runningUnit), name: 机构, \(common), kind: \(kind)"
            guard let hospital = deliveringUnit else { return [own] }
            return [own, "id: \(hospital), name: 医院, \(common), kind: hospital\(code)"]
        }

        static let all = [
            Place(node: "diaodu", tier: "dispatcher", division: "140300", kind: "dispatch-centre"),
            Place(node: "yangquan-shi", tier: "city", parent: "diaodu", division: "140300", kind: "authority"),
            Place(
                node: "pingding", tier: "county", parent: "yangquan-shi", division: "140321", kind: "medical-group",
                institution: "YQ000002914032111A1001"),
            Place(
                node: "yuxian", tier: "county", parent: "yangquan-shi", division: "140322", kind: "medical-group",
                institution: "YQ000003714032211A1001"),
            Place(
                node: "jucheng", tier: "township", parent: "pingding", division: "140321107", kind: "township-centre",
                institution: "YQ000004514032111C2201"),
            Place(
                node: "zhangzhuang", tier: "township", parent: "pingding", division: "140321103",
                kind: "township-centre", institution: "YQ000005314032111C2201"),
            Place(
                node: "xiyan", tier: "township", parent: "yuxian", division: "140322107", kind: "township-centre",
                institution: "YQ000006114032211C2201"),
            Place(
                node: "shangshe", tier: "township", parent: "yuxian", division: "140322106", kind: "township-centre",
                institution: "YQ000007X14032211C2201"),
        ]
    }
}

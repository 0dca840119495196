import Effects
import Foundation
import Indicators
import MessageCorpus
import NodeRuntime
import Testing
import Yams

@testable import Recognition
@testable import Regions

/// Extreme values under every key of the files that operators write: a region's, with its recognition rules, and a
/// node's.
@Suite("Extreme files of operators", .serialized)
struct ExtremeFileTests {
    @Test("every key that a reader knows stands in what is bent")
    func keys() throws {
        for (text, keys) in [
            (ExtremeFiles.region, RegionFileReader.keys(ServiceList.sections)),
            (ExtremeFiles.recognition, RecognitionFileReader.keys),
            (ExtremeFiles.node, NodeFileReader.keys(ServiceList.sections)),
        ] {
            let root = try #require(try Yams.compose(yaml: text)?.mapping)
            #expect(Set(root.keys.compactMap(\.string)) == Set(keys))
        }
    }

    @Test("a region's file and those beside it: read or refused, and what is read can be worked with")
    func region() async {
        let trail = Trail("files")
        await #expect(processExitsWith: .success) {
            let trail = Trail("files", process: getppid())
            await Attack.saying {
                let honest = RegionFile.check(
                    ExtremeFiles.region, fileName: "region.yaml", sections: ServiceList.sections,
                    beside: { _ in ExtremeFiles.recognition })
                #expect(honest.problems == [], "the files are right before they are bent")
                var (tries, taken) = (0, 0)
                for (name, text) in [("region", ExtremeFiles.region), ("recognition", ExtremeFiles.recognition)] {
                    let all = try ExtremeFiles.variants(of: text)
                    for variant in ExtremeForms.some(of: all, atMost: ExtremeForms.tries(500)) {
                        trail.note("\(name): \(variant.place)")
                        let (configuration, _) = RegionFile.check(
                            name == "region" ? variant.text : ExtremeFiles.region, fileName: "region.yaml",
                            sections: ServiceList.sections,
                            beside: { _ in name == "region" ? ExtremeFiles.recognition : variant.text })
                        tries += 1
                        guard let configuration else { continue }
                        taken += 1
                        try ExtremeConfiguration.work(with: configuration)
                    }
                }
                #expect(tries > 600 && taken > 60, "\(taken) of \(tries) were taken")
            }
            trail.note(nil)
        }
        trail.expectEnded()
    }

    @Test("a node's file: read or refused, and what is read is written down again and fits a region or says why not")
    func node() async {
        let trail = Trail("file")
        await #expect(processExitsWith: .success) {
            let trail = Trail("file", process: getppid())
            await Attack.saying {
                let (region, _) = RegionFile.check(
                    ExtremeFiles.region, fileName: "region.yaml", sections: ServiceList.sections,
                    beside: { _ in ExtremeFiles.recognition })
                let configuration = try #require(region)
                #expect(
                    NodeFile.check(ExtremeFiles.node, fileName: "shi.yaml", sections: ServiceList.sections).problems
                        == [])
                var (tries, taken) = (0, 0)
                let all = try ExtremeFiles.variants(of: ExtremeFiles.node)
                for variant in ExtremeForms.some(of: all, atMost: ExtremeForms.tries(1_000)) {
                    trail.note(variant.place)
                    let (file, problems) = NodeFile.check(
                        variant.text, fileName: "shi.yaml", sections: ServiceList.sections)
                    for problem in problems { _ = problem.description }
                    tries += 1
                    guard let file else { continue }
                    taken += 1
                    _ = file.problems(in: configuration).map(\.description)
                    for setting in file.effective { _ = "\(setting)" }
                    // The figures of a period are closed so long after its end.
                    let period = ReportingPeriod(.year, containing: WallTime(milliseconds: .max))
                    let delays = file.section(ClosingDelays.self)
                    for delay in [delays.standardSeconds] + delays.seconds.values {
                        _ = period.end.advanced(byMilliseconds: Int64(delay) * 1_000)
                    }
                }
                #expect(tries > 500 && taken > 50, "\(taken) of \(tries) were taken")
            }
            trail.note(nil)
        }
        trail.expectEnded()
    }
}

/// Files with every key that their readers know, and their bent forms.
enum ExtremeFiles {
    static let region = """
        region: testland
        name: 试验区
        version: 7
        suite: ed25519
        validFrom: 2026-01-01
        corrects: false
        divisions: [{code: "140398", name: 新区}]
        units:
          - {id: dc, name: 调度中心, division: 140300, tier: dispatcher, kind: dispatch-centre, node: diaodu}
          - {id: yy, name: 市医院, division: 140300, tier: city, kind: hospital, node: shi, grade: 3A, private: false,
             institution: YQ000001014030011A1001}
        nodes:
          - {id: diaodu, name: 调度, tier: dispatcher, unit: dc, division: 140300, from: 2026-01-01}
          - {id: shi, name: 市, tier: city, unit: yy, division: 140300, addresses: ["10.0.0.1:7443"]}
        management: [{child: shi, parent: diaodu, from: 2026-01-01, to: 2099-01-01}]
        deliveries: [{unit: yy, node: shi, from: 2026-01-01}]
        delegations: [{unit: yy, node: diaodu, from: 2026-01-01, to: 2099-01-01}]
        registries: [{unit: yy, node: shi, from: 2026-01-01}]
        access:
          purposes: [{purpose: treatment, grounds: [order, consent]}]
          rates: {practitioner: 300, system: 3000, node: 10000, miss: 5}
          practitioners: [{unit: yy, ids: [dr-li, 张医生], purposes: [treatment, emergency]}]
        rosters:
          - home: shi
            experts:
              - {id: ecg-chen, name: 陈文, node: shi, unit: yy, specialties: [ecg], capabilities: [audit],
                 duty: ["Mon-Fri 08:00-18:00"], absent: ["2026-10-01..2026-10-07"], capacity: 5}
        serviceLevels:
          - {kind: ecg, name: 心电, specialty: ecg, claimSeconds: 300, reportSeconds: 600, graceSeconds: 60}
        diagnosisLevels:
          - {kind: ecg, name: 心电, specialty: ecg, modality: ecg, priority: routine, claimSeconds: 300,
             reportSeconds: 600, auditSeconds: 900, graceSeconds: 60}
        referralLevels:
          - {kind: up, name: 上转, direction: up, answerSeconds: 300, arrivalSeconds: 600, returnSeconds: 60}
        inventories:
          - {id: shi-beds, name: 床位, kind: bed, unit: yy, node: shi, holdSeconds: 1800, wishSeconds: 86400}
        adverseLevels: [{grade: a, name: 警告, acceptSeconds: 300, analysisSeconds: 600, lawSeconds: 7200}]
        adverseControllers: [{unit: yy, node: shi, ids: [qc-li]}]
        workingHours: {from: "08:00", to: "17:30", weekends: false, holidays: [2026-10-01], workdays: [2026-10-10]}
        indicators: [{id: results-published, name: 发布数}]
        recognition: recognition.yaml
        """

    static let recognition = """
        edition: 示例-1
        from: 2026-01-01
        priceVersion: 示例
        units: [{code: mmol/L, aliases: [毫摩尔/升]}, {code: mg/dL}]
        conversions: [{from: mg/dL, to: mmol/L, factor: 0.0555, item: GLU}]
        specimens: [{code: serum, name: 血清, aliases: [SER], comparable: [plasma]}, {code: plasma, name: 血浆}]
        items:
          - {code: GLU, version: 2, name: 葡萄糖, english: glucose, class: laboratory, specimen: serum, unit: mmol/L,
             method: enzymatic, windowDays: 30, window: published, price: 6.50, priceVersion: 示例-2, loinc: 2345-7,
             from: 2026-01-01, to: 2099-01-01}
        panels: [{code: P-GLU, name: 血糖, english: glucose, items: [GLU]}]
        localCodes: [{units: [yy], system: lis, codes: {XT: GLU}}]
        scopes:
          - {id: shanxi, label: 山西省HR, english: Shanxi HR, rank: 80, nationwide: false, divisions: [140000],
             units: [yy]}
        star: shanxi
        policy: [{id: P1, issuers: [3A], receivers: [3A], scopes: [shanxi], outcome: recognised}]
        reasons: [{code: "08", name: 其他, english: other, counted: true, text: true}]
        """

    static let node = """
        node: shi
        dataFolder: data/shi
        region: {file: region.configuration, rootKey: region.pub}
        certificate: {file: tls.crt, key: tls.key, authority: ca.crt}
        link: {listen: "0.0.0.0:7443", parents: ["10.0.0.1:7443"]}
        mllp:
          - listen: 0.0.0.0:2575
            unit: yy
            clients: [10.14.3.0/24, "::1"]
            encoding: GB18030
            tls: {certificate: mllp.pem, key: mllp.key, clientAuthority: ca.pem}
        dicom:
          - {listen: "0.0.0.0:11112", unit: yy, title: PACS1, clients: [10.14.3.0/24], callers: [CT1],
             tls: {certificate: dicom.pem, key: dicom.key, clientAuthority: ca.pem}, purpose: treatment,
             practitioner: dr-li}
          - {listen: "0.0.0.0:11113", institution: YQ000001014030011A1001, clients: [10.14.3.0/24]}
        console:
          listen: "127.0.0.1:8444"
          name: "jucheng.example.org:8444"
          certificate: console.crt
          key: console.key
          oneTimeLinks: false
          directory:
            {issuer: "https://id.example.org/realm", client: yilian, secretFile: directory.secret, authority: id.crt,
             scopes: [profile], nameClaim: name, rolesClaim: groups, roles: {doctors: doctor},
             practitionerClaim: staff, unit: yy, levels: ["2"], methods: [otp]}
        https:
          listen: 0.0.0.0:8443
          certificate: https.pem
          key: https.key
          systems:
            - {name: his, unit: yy, tokenFile: tokens/his, purpose: treatment, practitioner: d-17}
            - {name: lis, institution: YQ000001014030011A1001, tokenFile: tokens/lis}
        health: {listen: "127.0.0.1:9090"}
        log: {level: info, format: json}
        indicators: {closingDelaySeconds: 21600, closingDelays: {results-published: 60}}
        experts: [ecg-chen]
        messages: {retentionDays: 90}
        backups: {folder: backups}
        destinations:
          - name: his
            unit: yy
            wants: [reports]
            mllp: {address: "10.14.3.9:2575", encoding: GB18030, application: HIS, facility: YY, authority: his.pem}
            messages: 10000
            megabytes: 64
            days: 7
          - name: emr
            institution: YQ000001014030011A1001
            wants: [reports]
            fhir: {url: "https://10.14.3.9/fhir", authority: emr.pem, tokenFile: tokens/emr}
        """

    /// Each value, name of a key and list of a text, one at a time; as people write them, and as YAML can be meant.
    static func variants(of text: String) throws -> [(place: String, text: String)] {
        guard let root = try Yams.compose(yaml: text) else { return [] }
        var all: [(place: String, text: String)] = []
        try walk(root, place: "") { place, changed in
            all.append((place, try Yams.serialize(node: changed)))
        }
        return all
    }

    private static let words = ExtremeForms.words.filter { !$0.contains("\0") }

    /// - Parameter around: makes the whole of a part.
    private static func walk(
        _ node: Node, place: String, around: @escaping (Node) -> Node = { $0 }, _ visit: (String, Node) throws -> Void
    ) throws {
        for kind in [Node([] as [(Node, Node)]), Node([] as [Node])] { try visit("\(place)={}", around(kind)) }
        switch node {
        case .mapping(let mapping):
            for (key, value) in mapping {
                let name = key.string ?? "?"
                let others = mapping.filter { $0.key != key }.map { ($0.key, $0.value) }
                try visit("\(place).\(name)×0", around(Node(others)))
                try visit("\(place).\(name)+", around(Node(others + [(Node(name + "s"), value)])))
                try walk(value, place: "\(place).\(name)") {
                    around(Node(others + [(key, $0)]))
                } _: {
                    try visit($0, $1)
                }
            }
        case .sequence(let sequence):
            for count in [0, 2, 300] {
                try visit("\(place)×\(count)", around(Node((0..<count).flatMap { _ in Array(sequence) })))
            }
            guard let first = sequence.first else { return }
            try walk(first, place: "\(place)[0]") {
                around(Node([$0] + sequence.dropFirst()))
            } _: {
                try visit($0, $1)
            }
        default:
            for word in words { try visit("\(place)=\(word.prefix(24))", around(Node(word))) }
        }
    }
}

/// A small region as text, with nothing in it that a service reads; tests add what they are about.
package enum SampleRegionText {
    package static let yaml = """
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
}

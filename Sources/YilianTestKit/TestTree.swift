import Regions

/// The nodes of a region and who manages whom, written as it is read.
///
/// ```swift
/// let tree = TestTree.dispatcher(
///     "diaodu",
///     .city(
///         "shi",
///         .county("pingding", .township("jucheng"), .township("zhangzhuang")),
///         .county("yuxian")))
/// ```
public struct TestTree: Sendable {
    /// The node's id: 1 to 63 lowercase letters, digits and hyphens, unique in the region.
    public let id: String
    /// What people call it; its id where none was given.
    public let name: String
    let tier: Tier
    /// Six or nine digits of GB/T 2260; one that fits the tier where none was given.
    let division: String?
    /// The nodes that this one manages.
    public let children: [TestTree]

    /// The root, 调度节点.
    public static func dispatcher(
        _ id: String, name: String? = nil, division: String? = nil, _ children: TestTree...
    ) -> TestTree {
        TestTree(id, name, .dispatcher, division, children)
    }

    /// A city node, 市; stands below the dispatcher.
    public static func city(
        _ id: String, name: String? = nil, division: String? = nil, _ children: TestTree...
    ) -> TestTree {
        TestTree(id, name, .city, division, children)
    }

    /// A county group's node, 县（区）医疗集团; stands below a city.
    public static func county(
        _ id: String, name: String? = nil, division: String? = nil, _ children: TestTree...
    ) -> TestTree {
        TestTree(id, name, .county, division, children)
    }

    /// A township health centre's node, 乡镇卫生院; stands below a county.
    public static func township(_ id: String, name: String? = nil, division: String? = nil) -> TestTree {
        TestTree(id, name, .township, division, [])
    }

    /// A part of Yangquan (阳泉): dispatcher, city, two county groups with two townships each; eight nodes.
    public static let yangquan = TestTree.dispatcher(
        "diaodu", name: "阳泉市调度节点",
        .city(
            "shi", name: "阳泉市节点",
            .county(
                "pingding", name: "平定县医疗集团节点", division: "140321",
                .township("jucheng", name: "巨城镇卫生院节点", division: "140321107"),
                .township("zhangzhuang", name: "张庄镇卫生院节点", division: "140321103")),
            .county(
                "yuxian", name: "盂县医疗集团节点", division: "140322",
                .township("xiyan", name: "西烟镇卫生院节点", division: "140322107"),
                .township("shangshe", name: "上社镇卫生院节点", division: "140322106"))))

    /// The smallest tree in which one county asks for what lies in another: five nodes.
    public static let small = TestTree.dispatcher(
        "diaodu", .city("shi", .county("pingding", .township("jucheng")), .county("yuxian", division: "140322")))

    private init(_ id: String, _ name: String?, _ tier: Tier, _ division: String?, _ children: [TestTree]) {
        self.id = id
        self.name = name ?? id
        self.tier = tier
        self.division = division
        self.children = children
    }
}

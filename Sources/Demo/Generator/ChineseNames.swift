package import Effects

/// Names of persons who are made up, from the commonest surnames and given-name characters.
package enum ChineseNames {
    /// Surnames with their weights, in the order of the national frequency tables; the tail is flattened.
    package static let surnames: [(name: String, weight: Int)] = [
        ("王", 72), ("李", 71), ("张", 68), ("刘", 54), ("陈", 40), ("杨", 31), ("赵", 29), ("黄", 20), ("周", 18),
        ("吴", 18), ("徐", 14), ("孙", 14), ("胡", 12), ("朱", 12), ("高", 12), ("郭", 14), ("何", 10), ("林", 8),
        ("罗", 8), ("马", 11), ("梁", 9), ("宋", 8), ("郑", 7), ("谢", 6), ("韩", 9), ("唐", 6), ("冯", 6), ("董", 6),
        ("程", 5), ("曹", 5), ("袁", 5), ("邓", 4), ("许", 5), ("傅", 4), ("沈", 4), ("曾", 3), ("彭", 4), ("吕", 4),
        ("苏", 4), ("卢", 3), ("蒋", 3), ("蔡", 3), ("贾", 5), ("丁", 3), ("魏", 4), ("薛", 4), ("叶", 3), ("阎", 4),
        ("余", 3), ("潘", 3), ("杜", 4), ("戴", 2), ("夏", 2), ("钟", 2), ("汪", 2), ("田", 4), ("任", 4), ("姜", 3),
        ("范", 3), ("方", 2), ("石", 4), ("姚", 3), ("谭", 2), ("廖", 2), ("邹", 2), ("熊", 2), ("金", 2), ("陆", 2),
        ("郝", 5), ("孔", 2), ("白", 4), ("崔", 3), ("康", 3), ("毛", 2), ("邱", 2), ("秦", 3), ("江", 2), ("史", 3),
        ("侯", 4), ("邵", 3), ("孟", 3), ("葛", 3), ("荆", 2), ("上官", 1), ("欧阳", 1), ("令狐", 1),
    ]

    private static let surnameWeights = surnames.map(\.weight)

    private static let maleCharacters = [
        "建", "国", "志", "强", "军", "伟", "明", "永", "文", "武", "海", "平", "华", "刚", "勇", "俊", "峰", "杰", "浩",
        "宇", "鹏", "飞", "涛", "斌", "亮", "成", "林", "福", "贵", "宝", "山", "生", "根", "喜", "庆", "春", "晓", "东",
        "旭", "晨", "博", "瑞", "泽", "轩", "子", "德", "忠", "义", "有", "财", "茂", "荣", "新", "振", "维", "世", "玉",
    ]

    private static let femaleCharacters = [
        "秀", "英", "玉", "兰", "桂", "芳", "丽", "娟", "艳", "敏", "静", "霞", "红", "梅", "燕", "玲", "萍", "慧", "娜",
        "丹", "莉", "婷", "雪", "倩", "瑶", "欣", "怡", "佳", "梓", "涵", "雨", "思", "琪", "凤", "珍", "翠", "巧", "花",
        "春", "晓", "爱", "素", "淑", "华", "云", "月", "彩", "青", "香", "琴", "仙", "转", "改", "变", "润", "莲", "清",
    ]

    /// A name for a person of a sex.
    package static func name(_ sex: Sex, from random: some RandomSource) -> String {
        let surname = surnames[random.index(weights: surnameWeights)].name
        let characters = sex == .male ? maleCharacters : femaleCharacters
        let first = random.pick(characters) ?? "一"
        guard random.happens(perMille: 850) else { return surname + first }
        let second = random.pick(characters) ?? "一"
        return surname + first + (second == first ? "" : second)
    }
}

package import Effects

extension FailureDefinition {
    /// What can be wrong with numbers, codes and times.
    package static let regions: [FailureDefinition] =
        configurationFiles + regionContents + [
            FailureDefinition(
                "code.citizenIDCharacter", .invalid, "a citizen identity number has 17 digits and then a digit or X",
                "公民身份号码是 17 位数字加一位数字或 X",
                remedy: .correctAtSource),
            FailureDefinition(
                "code.citizenIDCheck", .invalid, "the check character of the citizen identity number does not fit",
                "公民身份号码的校验码不符",
                remedy: .correctAtSource,
                particulars: [
                    Wording(
                        "a digit is wrong or two are exchanged: correct the number at its source",
                        "有数字写错或两个数字颠倒：请在来源处更正"),
                    Wording(
                        "the check character of the citizen identity number does not fit its digits", "公民身份号码的校验码与其数字不符"
                    ),
                ]),
            FailureDefinition(
                "code.citizenIDDate", .invalid, "the date of birth in the citizen identity number does not exist",
                "公民身份号码中的出生日期不存在",
                remedy: .correctAtSource),
            FailureDefinition(
                "code.citizenIDFuture", .invalid, "the date of birth in the citizen identity number lies in the future",
                "公民身份号码中的出生日期在将来",
                remedy: Wording("correct the number at its source, or this machine's clock", "请在来源处更正号码，或校正本机时钟")),
            FailureDefinition(
                "code.citizenIDLength", .invalid, "a citizen identity number has 18 characters", "公民身份号码应为 18 位",
                remedy: Wording("give the full number, or send it under another identifier type", "请填写完整号码，或改用其他证件类型"),
                particulars: [
                    Wording(
                        "a citizen identity number has 18 characters, this one has {1}", "公民身份号码有 18 个字符，此号码有 {1} 个"),
                    Wording(
                        "give the full 18-character number, or send it under another identifier type",
                        "请写完整的 18 位号码，或以其他标识类型发送"),
                ]),
            FailureDefinition(
                "code.divisionForm", .invalid, "this is not a division code", "这不是行政区划代码",
                remedy: Wording("write 6 digits, 9 for a township or 12 for a village", "请写 6 位，乡镇 9 位，村 12 位"),
                particulars: [
                    Wording(
                        "write the city's two digits and the county's two digits, then the township's three",
                        "请先写市的两位和县的两位，再写乡镇的三位"),
                    Wording(
                        "write 6 digits (140321, a city as 140300), 9 digits for a township or 12 for a village",
                        "请写 6 位数字（140321，市如 140300），乡镇 9 位，村 12 位"),
                    Wording("{1} is not a division code", "{1} 不是行政区划代码"),
                    Wording("{1} names a part of a division that it leaves out", "{1} 写了下级而略去了上级"),
                ]),
            FailureDefinition(
                "code.divisionUnknown", .invalid, "the division code is not known", "行政区划代码未知",
                remedy: Wording(
                    "correct it, or add it under 'divisions' in region.yaml",
                    "请更正，或加入 region.yaml 的 divisions"),
                particulars: [
                    Wording(
                        "correct it, or add it with its name under 'divisions' in region.yaml",
                        "请更正，或把它连同名称加入 region.yaml 的 divisions")
                ]),
            FailureDefinition(
                "code.institutionCharacter", .invalid, "an institution code has letters and digits only",
                "卫生机构代码只含字母和数字",
                remedy: .correctAtSource),
            FailureDefinition(
                "code.institutionCheck", .invalid, "the check character of the organization code does not fit",
                "组织机构代码的校验码不符",
                remedy: .correctAtSource),
            FailureDefinition(
                "code.institutionClass", .invalid, "the institution class is a letter and three digits",
                "机构类别应为一个字母加三位数字",
                remedy: .correctAtSource),
            FailureDefinition(
                "code.institutionDivision", .invalid, "the division in the institution code is not six digits",
                "卫生机构代码中的行政区划不是六位数字",
                remedy: .correctAtSource),
            FailureDefinition(
                "code.institutionEconomicType", .invalid, "the economic type is two digits", "经济类型应为两位数字",
                remedy: .correctAtSource),
            FailureDefinition(
                "code.institutionLength", .invalid, "an institution code has 22 characters", "卫生机构代码应为 22 位",
                remedy: .correctAtSource),
            FailureDefinition(
                "code.institutionManagement", .invalid, "the management class is one digit", "机构分类管理代码应为一位数字",
                remedy: .correctAtSource),
            FailureDefinition(
                "period.badText", .invalid, "this is not a reporting period", "这不是统计周期",
                remedy: Wording("write 2026-11-21, 2026-11, 2026Q4 or 2026", "请写 2026-11-21、2026-11、2026Q4 或 2026"),
                particulars: [
                    Wording(
                        "write a day as 2026-11-21, a month as 2026-11, a quarter as 2026Q4 or a year as 2026",
                        "日写成 2026-11-21，月写成 2026-11，季写成 2026Q4，年写成 2026"),
                    Wording("{1} is not a reporting period", "{1} 不是报告期间"),
                ]),
            FailureDefinition(
                "time.badText", .invalid, "this is not a date or a moment that exists", "这不是存在的日期或时刻",
                remedy: Wording(
                    "write 2026-11-21 or 2026-11-21T08:00:00+08:00",
                    "请写 2026-11-21 或 2026-11-21T08:00:00+08:00"),
                particulars: [
                    Wording(
                        "write 2026-11-21 (midnight in China) or 2026-11-21T08:00:00+08:00",
                        "请写 2026-11-21（北京时间零点）或 2026-11-21T08:00:00+08:00"),
                    Wording("{1} is not a date or a moment that exists", "{1} 不是存在的日期或时刻"),
                ]),
            FailureDefinition(
                "time.outOfRange", .invalid, "the moment lies further away than any node takes", "该时刻超出允许范围",
                remedy: Wording("write a year between 1800 and 2150", "请写 1800 至 2150 之间的年份"),
                particulars: [
                    Wording(
                        "write a year between 1800 and 2150; leave an end that never comes out",
                        "请写 1800 至 2150 之间的年份；永不到来的终止请不写"),
                    Wording("{1} lies further away than any node takes", "{1} 超出任何节点可接受的范围"),
                ]),
        ]
}

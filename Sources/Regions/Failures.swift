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
                remedy: .correctAtSource),
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
                remedy: Wording("give the full number, or send it under another identifier type", "请填写完整号码，或改用其他证件类型")),
            FailureDefinition(
                "code.divisionForm", .invalid, "this is not a division code", "这不是行政区划代码",
                remedy: Wording("write 6 digits, 9 for a township or 12 for a village", "请写 6 位，乡镇 9 位，村 12 位")),
            FailureDefinition(
                "code.divisionUnknown", .invalid, "the division code is not known", "行政区划代码未知",
                remedy: Wording(
                    "correct it, or add it under 'divisions' in region.yaml",
                    "请更正，或加入 region.yaml 的 divisions")),
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
                remedy: Wording("write 2026-11-21, 2026-11, 2026Q4 or 2026", "请写 2026-11-21、2026-11、2026Q4 或 2026")),
            FailureDefinition(
                "time.badText", .invalid, "this is not a date or a moment that exists", "这不是存在的日期或时刻",
                remedy: Wording(
                    "write 2026-11-21 or 2026-11-21T08:00:00+08:00",
                    "请写 2026-11-21 或 2026-11-21T08:00:00+08:00")),
            FailureDefinition(
                "time.outOfRange", .invalid, "the moment lies further away than any node takes", "该时刻超出允许范围",
                remedy: Wording("write a year between 1800 and 2150", "请写 1800 至 2150 之间的年份")),
        ]
}

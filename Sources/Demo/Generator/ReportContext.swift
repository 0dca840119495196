import Effects

/// What surrounds a report in a message: who ordered and read it, and when.
struct ReportContext: Sendable {
    var orderer: String
    var ordererID: String
    var reader: String
    var readerID: String
    /// The department that ordered.
    var department: String
    /// O outpatient, E emergency, I inpatient, P health check.
    var patientClass: String
    var complaint: String
    /// When the specimen was taken or the examination made.
    var observed: WallTime
    /// When the specimen arrived; for examinations the same as `observed`.
    var received: WallTime

    private static let departments = ["内科", "外科", "急诊科", "心血管内科", "神经内科", "呼吸内科", "骨科", "中医科", "体检中心"]
    private static let townshipDepartments = ["全科门诊", "中医科", "公共卫生科", "内科"]
    private static let complaints = [
        "乏力", "头晕", "咳嗽、咳痰", "胸闷", "腹痛", "发热", "腰腿痛", "高血压复诊", "糖尿病复诊", "健康体检", "多饮、多尿", "关节痛",
    ]

    init(_ plan: ReportPlan) {
        let random = SeededRandom(seed: Seeds.derive(plan.seed, "context"))
        let isHospital = plan.institution.isHospital
        orderer = ChineseNames.name(random.happens(perMille: 500) ? .male : .female, from: random)
        ordererID = plan.institution.prefix + "D" + DecimalText.padded(random.integer(in: 1...240), width: 4)
        reader = ChineseNames.name(random.happens(perMille: 400) ? .male : .female, from: random)
        readerID = plan.institution.prefix + "T" + DecimalText.padded(random.integer(in: 1...60), width: 4)
        let departments = isHospital ? Self.departments : Self.townshipDepartments
        let drawn = random.pick(departments + (plan.person.sex == .female ? ["妇产科"] : [])) ?? "内科"
        department = isHospital && plan.person.age(on: plan.day) < 14 ? "儿科" : drawn
        // Half of a hospital's laboratory work is for inpatients (domain findings, §6.2).
        patientClass = isHospital && random.happens(perMille: 500) ? "I" : "O"
        complaint = random.pick(Self.complaints) ?? "健康体检"
        let ready = plan.steps.first?.time ?? .epoch
        received = ready.advanced(byMilliseconds: -60_000 * Int64(random.integer(in: 15...70)))
        let way = plan.kind == .laboratory ? random.integer(in: 5...40) : 0
        observed = received.advanced(byMilliseconds: -60_000 * Int64(way))
    }
}

extension ReportPlan {
    /// The local patient number: the same for all reports of a person at an institution.
    var patientNumber: String {
        institution.prefix + String(person.county.rawValue + 1) + DecimalText.padded(person.position, width: 7)
    }

    /// The place that stands in the patient's address: the county, and the township where a township examines.
    var addressLine: String {
        person.county.name + (person.county == institution.county ? institution.township ?? "" : "")
    }

    /// The instance number of the images, under the arc for identifiers made from UUIDs (2.25) in its decimal form.
    var studyInstance: String {
        "2.25." + String(Seeds.derive(seed, "study"))
    }
}

/// What is asked about diagnoses and images.
extension HonestPage {
    static let images = [HonestPage(.operators, "GET", "imaging/aside", [("after", "0 x"), ("limit", "5")])]

    static func diagnoses(_ names: AttackedNode.Names) -> [HonestPage] {
        let order = """
            {"kind":"ecg","identifierType":"citizenID","identifierAuthority":"CN","identifier":"\(AttackedNode.person)",\
            "patientName":"李建国","patientSex":"M","patientBirthDate":"1968-04-12","practitioner":"dr-li","unit":"shi-yy",\
            "consent":"C-1","breakGlassReason":"昏迷","orderNumber":"O-9","references":["\(names.entry)"],\
            "values":[{"field":"summary","text":"胸痛"},{"field":"question","text":"诊断"}]}
            """
        let reading = #"{"id":"\#(names.diagnosis)","practitioner":"dr-li","unit":"shi-yy"}"#
        let action = """
            {"id":"\(names.diagnosis)","event":"collected","practitioner":"dr-li","target":"shi","day":"2026-12-31",\
            "items":["T-1"],"values":[]}
            """
        return [
            HonestPage(.operators, "GET", "diagnoses", [("state", "offered"), ("topic", "ecg"), ("limit", "5")]),
            HonestPage(.operators, "GET", "diagnoses/work"),
            HonestPage(.operators, "GET", "diagnoses/work/events", [("after", "x")]),
            HonestPage(.operators, "GET", "diagnoses/show", [("id", names.diagnosis)]),
            HonestPage(.operators, "GET", "diagnoses/forms"),
            HonestPage(.operators, "GET", "diagnoses/levels"),
            HonestPage(.operators, "GET", "diagnoses/experts"),
            HonestPage(.operators, "POST", "diagnoses", [], order),
            HonestPage(.operators, "POST", "diagnoses/read", [], reading),
            HonestPage(.operators, "POST", "diagnoses/act", [], action),
        ]
    }
}

/// Messages that claim to be each other, after the real ones of the public collections.
enum NamesakeMessages {
    static func hl7(_ name: String, _ segments: String...) -> MessageFile {
        MessageFile(name: name, bytes: Array(segments.map { $0 + "\r" }.joined().utf8))
    }

    private static let header =
        #"MSH|^~\&|Lab1|Lab|ELR|SPH|20260818183002.1+0800||ORU^R01^ORU_R01|77001|P^T|2.5.1|||NE|NE|||"#
    private static let person = "PID|1||NS-1^^^MPI&2.999.19.3&ISO^MR~NS-2^^^&2.999.41^ISO^SS||何^某||19800602|M"

    static let stool = hl7(
        "namesake-stool.hl7", header, person,
        "OBR|1|23456^EHR|9700123^Lab|625-4^Bacteria identified^LN|||20260815103000|||||||||||||||20260815110000|||F",
        "OBX|1|CWE|625-4^Bacteria identified^LN|1|66543000^Campylobacter jejuni^SCT||||||F")
    static let blood = hl7(
        "namesake-blood.hl7", header, person,
        "OBR|1|23456^EHR|9700123^Lab|5198-7^HCV Ab^LN|||20260815110000|||||||||||||||20260815110000|||F",
        "OBX|1|SN|5198-7^HCV Ab^LN|1|>^11.0|1^^UCUM^^^^1.6^^s/co ratio||H~POS|||F",
        "OBX|2|NM|35659-2^Age^LN|1|29|a^year^UCUM|||||F")

    static let screening = hl7(
        "screening.hl7", #"MSH|^~\&|TEST|TEST|X^1^L|^^L|20261021055726||ORU^R01^ORU_R01|77002|P|2.5.1"#,
        "PID|1||NB-1^^^&NPI^MR||新生儿||202610151039|M",
        "ORC|RE|123456^FormNumber||56789^HospOrdNumber",
        "OBR|1|123456^FormNumber||54089-8^NB Screen Panel|||202610211125|||||||||||||||20261015055726|||F",
        "OBR|2|123456^FormNumber||57086-1^Screening panel|||202610211125|||||||||||||||20261021055726|||F",
        "OBX|1|NM|38473-5^17-Hydroxyprogesterone^LN|1|0065.88|nmol/L|<85|N|||F",
        "OBX|2|NM|^^^99717-6^17-Hydroxyprogesterone (CAH II)^L|1|39|nmol/L|<38|H|||F",
        "OBR|3|123456^FormNumber||57086-1^Screening panel|||202610211125|||||||||||||||20261021055726|||F",
        "OBX|1|NM|38473-5^17-Hydroxyprogesterone^LN|1|0065.88|nmol/L|<85|N|||F",
        "OBX|2|NM|^^^99717-6^17-Hydroxyprogesterone (CAH II)^L|1|39|nmol/L|<38|H|||F")
}

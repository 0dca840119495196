/// Odd values.
extension OddHL7 {
    static let values: [MessageFile] = [
        message(
            "empty-value", [order, "OBX|1|NM|718-7^Hemoglobin^LN|||g/dL|12.0-16.0||||F", "OBX|2|ST|X^Y^L||\"\"||||||F"]),
        message(
            "repeated-value",
            [
                order, "OBX|1|ST|X^Y^L||one~two~three||||||F", "OBX|2|CWE|X^Y^L||1^One^L~2^Two^L||||||F",
                "OBX|3|NM|X^Y^L||1~2||||||F",
            ]),
        message(
            "structured-numeric",
            [
                order, "OBX|1|SN|X^A^L||>^11.0|mg/L||H|||F", "OBX|2|SN|X^B^L||^1^:^128||||||F",
                "OBX|3|SN|X^C^L||<=^0.05|%|||||F",
                "OBX|4|SN|X^D^L||^3^-^5|/HPF|||||F", "OBX|5|SN|X^E^L||^2^+||||||F", "OBX|6|SN|X^F^L||=^23|a|||||F",
            ]),
        message(
            "numbers-as-they-come",
            [
                order, "OBX|1|NM|X^A^L|| 5.60 |g/L|||||F", "OBX|2|NM|X^B^L||+1.0|g/L|||||F",
                "OBX|3|NM|X^C^L||0065.88|g/L|||||F",
                "OBX|4|NM|X^D^L||<0.01|g/L|||||F", "OBX|5|NM|X^E^L||1,5|g/L|||||F", "OBX|6|NM|X^F^L||.5|g/L|||||F",
                "OBX|7|NM|X^G^L||5.|g/L|||||F", "OBX|8|NM|X^H^L||1.0E3|g/L|||||F", "OBX|9|NM|X^I^L||-0.50|g/L|||||F",
                "OBX|10|NM|X^J^L||pending|g/L|||||F", "OBX|11|NM|X^K^L||1234567890123456789012345.10|g/L|||||F",
            ]),
        message(
            "units",
            [
                order, "OBX|1|NM|X^A^L||1|10^9/L|||||F", "OBX|2|NM|X^B^L||1|g/L^gram per liter^UCUM|||||F",
                "OBX|3|NM|X^C^L||1|^gram per liter|||||F", "OBX|4|NM|X^D^L||1|^^^^^^^^g/L|||||F",
                "OBX|5|ST|X^E^L||positive|S/CO|||||F",
                "OBX|6|NM|X^F^L||1|1^^UCUM^^^^1.6^^s/co ratio|||||F", "OBX|7|NM|X^G^L||1|%|||||F",
                "OBX|8|NM|X^H^L||1|umol/L^微摩尔每升|||||F",
            ]),
        message(
            "ranges",
            [
                order, "OBX|1|NM|X^A^L||1|g/L|<9 mcg/dL:  Acceptable|H|||F",
                "OBX|2|NM|X^B^L||1|g/L|High > or = 850000iU/mL|||||F",
                "OBX|3|NM|X^C^L||1|g/L|男: 1-2\\.br\\女: 3-4|||||F", "OBX|4|NM|X^D^L||1|g/L|3.50 - 5.50~1-2|||||F",
                "OBX|5|ST|X^E^L||neg||\"\"|||||F",
            ]),
        message(
            "flags",
            [
                order, "OBX|1|NM|X^A^L||1|g/L||H~POS~A^Abnormal^HL70078||||F", "OBX|2|NM|X^B^L||1|g/L||^^^^^^2.7||||F",
                "OBX|3|NM|X^C^L||1|g/L||HH||||F", "OBX|4|NM|X^D^L||1|g/L||\"\"||||F", "OBX|5|NM|X^E^L||1|g/L||↑||||F",
            ]),
        message(
            "alternate-code-only",
            [
                order, "OBX|1|NM|^^^99717-6^17-OH (CAH II)^L||39|nmol/L|<38|H|||F",
                "OBX|2|CWE|X^Y^L||^^^260385009^Negative^SCT||||||F", "OBX|3|CWE|X^Y^L||^^^^^^^^only in words||||||F",
                "OBX|4|CWE|X^Y^L||260385009||||||F",
            ]),
        message(
            "escapes",
            [
                order, #"OBX|1|TX|X^Y^L||one\.br\two \T\ three \S\ four \F\ five \R\ six \E\ seven||||||F"#,
                #"OBX|2|FT|X^Y^L||line\X0D\line\X0D0A\line||||||F"#,
                #"OBX|3|FT|X^Y^L||\H\bold\N\ and \.sp2\ and \unknown\ and \||||||F"#,
                #"OBX|4|TX|X^Y^L||a & b < c > d "e" 'f'||||||F"#, #"OBX|5|ST|X^Y^L||A&B^C||||||F"#,
            ]),
        message(
            "long-text",
            [order, "OBX|1|TX|X^Y^L||" + String(repeating: "很长的文字 and more of it; ", count: 8_000) + "||||||F"]),
        message(
            "text-in-many-lines",
            [
                order, "OBX|1|FT|X&GDT^Description^L|1|first part||||||F",
                "OBX|2|FT|X&GDT^Description^L|2|second part||||||F",
                "OBX|3|TX|19005-8^Impression^LN|1|what it means||||||F",
                "OBX|4|TX|X&IMP^Impression^L|1|and also||||||F",
            ]),
        message(
            "references-and-documents",
            [
                order, "OBX|1|RP|X^Image^L||http://example.org/1.dcm^LAB^AP^DICOM||||||F",
                "OBX|2|ED|PDF^Report^L||LAB^AP^PDF^Base64^JVBERi0xLjQKJSVFT0YK||||||F", result,
                "OBX|4|ED|TXT^Text^L||LAB^TEXT^^A^plain words||||||F",
                "OBX|5|ED|BAD^Broken^L||LAB^AP^PDF^Base64^***||||||F",
            ]),
        message(
            "times",
            [
                "OBR|1|P-@|F-@|X^Y^L|||20261120101530.1234+0800|||||||||||||||20261120-0500||LAB|F",
                "OBX|1|TS|X^A^L||20261120101530.12-0530||||||F|||220241021055726",
                "OBX|2|DT|X^B^L||20261120||||||F|||not a time",
                "OBX|3|DT|X^C^L||202611||||||F", "OBX|4|TM|X^D^L||1015||||||F", "OBX|5|DTM|X^E^L||20269999||||||F",
            ]),
        message("without-statuses", ["OBR|1|P-@|F-@|X^Y^L", "OBX|1|NM|X^Y^L||1.0|g/L", "OBX|2|ST|X^Z^L||neg"]),
        message("unknown-statuses", ["OBR|1|P-@|F-@|X^Y^L||||||||||||||||||||||Q", "OBX|1|NM|X^Y^L||1.0|g/L|||||?"]),
        message(
            "void-results",
            [
                "OBR|1|P-@|F-@|X^Y^L||||||||||||||||||||||F", "OBX|1|NM|X^Y^L||1.0|g/L|||||W",
                "OBX|2|NM|X^Z^L||1.0|g/L|||||D",
            ]),
        message("void-order", ["OBR|1|P-@|F-@|X^Y^L||||||||||||||||||||||X", "OBX|1|NM|X^Y^L||1.0|g/L|||||F"]),
        message(
            "unknown-types",
            [
                order, "OBX|1|ZZ|X^A^L||what^ever&it is~again||||||F", "OBX|2|nm|X^B^L||1.50|g/L|||||F",
                "OBX|3|CX|X^C^L||123^^^LAB^MR||||||F", "OBX|4|XPN|X^D^L||Family^Given||||||F",
                "OBX|5|MO|X^E^L||12.50^CNY||||||F",
            ]),
    ]
}

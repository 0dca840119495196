/// FHIR read with Foundation's JSON, without this program's reader.
struct ForeignFHIR {
    private struct Entry {
        var address: String
        var resource: ForeignJSON
    }

    let root: ForeignJSON
    private var entries: [Entry] = []

    init(_ bytes: [UInt8]) throws {
        root = try ForeignJSON(bytes)
        if root.text("resourceType") == "Bundle" {
            entries = root.items("entry").compactMap { entry in
                entry["resource"].map { Entry(address: entry.text("fullUrl"), resource: $0) }
            }
        } else {
            entries = [Entry(address: "", resource: root)]
        }
    }

    /// The reports of the whole text, in their order.
    var reports: [ForeignReport] {
        let found = entries.filter { $0.resource.text("resourceType") == "DiagnosticReport" }.map(\.resource)
        return found.map { report(of: $0, isOnly: found.count == 1) }
    }

    private func report(of json: ForeignJSON, isOnly: Bool) -> ForeignReport {
        var report = ForeignReport(service: concept(json["code"]).first ?? "")
        report.isVoid = ["entered-in-error", "cancelled"].contains(json.text("status"))
        var results = json.items("result").compactMap { find($0.text("reference"), in: json) }
        if json["result"] == nil, isOnly { results = all("Observation", in: json) }
        report.lines = lines(of: results, in: json).map { line in
            var line = line
            if report.isVoid { line.isWithdrawn = true }
            return line
        }
        for request in json.items("basedOn").compactMap({ find($0.text("reference"), in: json) }) {
            for item in request.items("supportingInfo") {
                guard let other = find(item.text("reference"), in: json), other.text("resourceType") == "Observation"
                else { continue }
                report.others += lines(of: [other], in: json)
            }
        }
        if !json.text("conclusion").isEmpty { report.texts.append(json.text("conclusion")) }
        report.texts +=
            json.items("note").map { $0.text("text") } + results.flatMap { $0.items("note") }.map { $0.text("text") }
        report.texts += json.items("extension").filter { $0.text("url") == "urn:yilian:fhir:note" }
            .map { $0.text("valueString") }
        report.texts.removeAll { $0.isEmpty }
        report.patients = patients(of: json)
        return report
    }

    private func all(_ type: String, in json: ForeignJSON) -> [ForeignJSON] {
        json.items("contained").filter { $0.text("resourceType") == type }
            + entries.map(\.resource).filter { $0.text("resourceType") == type }
    }

    private func find(_ reference: String, in json: ForeignJSON) -> ForeignJSON? {
        guard !reference.isEmpty else { return nil }
        if reference.hasPrefix("#") {
            return json.items("contained").first { "#" + $0.text("id") == reference }
        }
        if let entry = entries.first(where: { $0.address == reference }) { return entry.resource }
        return entries.first { entry in
            let name = entry.resource.text("resourceType") + "/" + entry.resource.text("id")
            let isBare = entry.address.isEmpty && name.count > 1
            return name == reference || (isBare && reference.hasSuffix("/" + name))
                || (isBare && reference == "urn:uuid:" + entry.resource.text("id"))
                || (!reference.contains(":") && entry.address.hasSuffix("/" + reference))
        }?.resource
    }

    /// The lines of observations and, depth first, of their members; each one once.
    private func lines(of observations: [ForeignJSON], in report: ForeignJSON) -> [ForeignLine] {
        var all: [ForeignLine] = []
        var seen: Set<String> = []
        var pending = Array(observations.reversed())
        while let json = pending.popLast() {
            let id = json.text("id")
            guard id.isEmpty || seen.insert(id).inserted else { continue }
            let components = json.items("component")
            let own = json.names.contains { $0.hasPrefix("value") }
            let isPanel = !own && !(components.isEmpty && json["hasMember"] == nil)
            all += (isPanel ? [] : [line(json)]) + components.map(line)
            pending += json.items("hasMember").compactMap { find($0.text("reference"), in: report) }.reversed()
        }
        return all
    }

    private func line(_ json: ForeignJSON) -> ForeignLine {
        var line = ForeignLine(names: concept(json["code"]))
        line.type = json.names.first { $0.hasPrefix("value") } ?? ""
        line.isWithdrawn = ["entered-in-error", "cancelled"].contains(json.text("status"))
        if let value = json[line.type] {
            (line.values, line.units) = read(value, line.type)
        }
        if let text = ours(json["_" + line.type], "lexical").first { line.values = [text] }
        if line.units.isEmpty { line.units = ours(json, "unit") }
        line.range = json.items("referenceRange").map { range in
            if !range.text("text").isEmpty { return range.text("text") }
            let (low, high) = (range["low"]?.text("value") ?? "", range["high"]?.text("value") ?? "")
            return low.isEmpty ? (high.isEmpty ? "" : "<=" + high) : high.isEmpty ? ">=" + low : low + "-" + high
        }.filter { !$0.isEmpty }.joined(separator: "\n")
        line.flags = json.items("interpretation").compactMap { item in
            item.items("coding").map { $0.text("code") }.first { !$0.isEmpty } ?? concept(item).first
        }
        return line
    }

    private func read(_ value: ForeignJSON, _ type: String) -> (values: [String], units: [String]) {
        switch type {
        case "valueQuantity":
            return ([value.text("comparator") + value.text("value")], unit(value))
        case "valueCodeableConcept": return (concept(value), [])
        case "valueRange":
            let ends = [value["low"], value["high"]].compactMap { $0 }
            return ([ends.map { $0.text("value") }.joined(separator: "-")], ends.first.map(unit) ?? [])
        case "valueRatio":
            let ends = [value["numerator"], value["denominator"]].compactMap { $0 }
            return (
                [
                    ends.map { end in
                        let unit = unit(end).first.map { " " + $0 } ?? ""
                        return end.text("comparator") + end.text("value") + (unit == " 1" ? "" : unit)
                    }.joined(separator: ":")
                ], []
            )
        case "valuePeriod": return ([value.text("start") + "/" + value.text("end")], [])
        case "valueSampledData": return ([value.text("data")], [])
        default: return ([value.text], [])
        }
    }

    private func unit(_ quantity: ForeignJSON) -> [String] {
        [quantity.text("unit"), quantity.text("code")].filter { !$0.isEmpty }
    }

    /// All texts and codes of a concept, the displays first.
    private func concept(_ json: ForeignJSON?) -> [String] {
        guard let json else { return [] }
        let codings = json.items("coding")
        return (codings.map { $0.text("display") } + [json.text("text")] + codings.map { $0.text("code") })
            .filter { !$0.isEmpty }
    }

    /// What our own answers keep in an extension.
    private func ours(_ json: ForeignJSON?, _ name: String) -> [String] {
        (json?.items("extension") ?? []).filter { $0.text("url") == "urn:yilian:fhir:" + name }
            .map { $0.text("valueString") }
    }

    /// The identifiers of a report's patient, with everybody who may be their issuer.
    private func patients(of report: ForeignJSON) -> [ForeignPatient] {
        let subject = report["subject"]
        let patient =
            subject.flatMap { find($0.text("reference"), in: report) }
            ?? (subject == nil ? all("Patient", in: report).first : nil)
        let items = patient?.items("identifier") ?? subject?.items("identifier") ?? []
        let keeper = patient?["managingOrganization"]
        return items.flatMap { item -> [ForeignPatient] in
            let value = item.text("value")
            let types = item["type"]?.items("coding").map { $0.text("code") }.filter { !$0.isEmpty } ?? []
            let extended = item.items("extension").flatMap { $0.items("extension") }
                .filter { $0.text("url") == "CX.5" }.map { $0.text("valueString") }
            let issuers =
                [item.text("system")] + strings(item["extension"]) + names(item["assigner"], in: report)
                + names(keeper, in: report) + [""]
            var all = issuers.map { issuer in
                ForeignPatient(
                    value: value, authority: issuer.hasPrefix("urn:oid:") ? String(issuer.dropFirst(8)) : issuer,
                    type: (types + extended).first ?? "PI")
            }
            if value.count == 18 { all.append(ForeignPatient(value: value, authority: "CN", type: "citizenID")) }
            return all
        }
    }

    /// Everything that an organization is called by.
    private func names(_ reference: ForeignJSON?, in report: ForeignJSON) -> [String] {
        guard let reference else { return [] }
        let organization = find(reference.text("reference"), in: report)
        return (organization?.items("identifier").map { $0.text("value") } ?? [])
            + [
                organization?.text("name") ?? "", reference["identifier"]?.text("value") ?? "",
                reference.text("display"),
            ]
            .filter { !$0.isEmpty }
    }

    /// All texts in an element, whatever they are.
    private func strings(_ json: ForeignJSON?) -> [String] {
        guard let json else { return [] }
        if json.value is String { return [json.text] }
        if json.value is [Any] { return json.items.flatMap { strings($0) } }
        return json.names.filter { $0 != "url" }.flatMap { strings(json[$0]) }
    }
}

import DICOM
import EdgeKit
import Effects
import FHIR
import Imaging
import ServiceKit

/// Answers those who look for studies, series and instances (QIDO-RS, PS3.18, 10.6).
struct SearchDesk: Sendable {
    let imaging: ImagingService

    /// - Throws: `dicom.badQuery`, `imaging.badParameter`, `imaging.notAcceptable`; refusals of whoever may not ask.
    func search(
        _ level: ImagingSummary.Level, _ call: MediaCall, study: String? = nil, series: String? = nil
    ) async throws -> MediaResponse {
        let accepted = MediaType.accepted(call.request.headers["accept"])
        guard accepted.contains(where: { $0.takes("application/dicom+json") || $0.takes("application/json") }) else {
            throw PlainRefusal(406, Failure("imaging.notAcceptable", "answers are application/dicom+json only"))
        }
        let parameters = try SearchParametersOfDICOM(call.request.query, level, now: imaging.context.now)
        let search = ImagingSearch(
            level, parameters.query, studyUID: study, seriesUID: series, exact: parameters.exact,
            offset: parameters.offset, limit: parameters.limit)
        let answer = try await imaging.search(search, asking: try call.ground())
        let fields = try parameters.fields(isWithinStudy: study != nil, isWithinSeries: series != nil)
        let address = StudyAddress(call.request)
        let datasets = answer.hits.map { hit -> DICOMDataset in
            let shown = fields?.answer(from: hit.dataset) ?? hit.dataset
            return DICOMDataset(
                shown.elements + [
                    .text(DICOMTag(0x0008, 0x0056), "ONLINE", vr: .cs),
                    .text(DICOMTag(0x0008, 0x1190), Self.url(hit, address), vr: .ur),
                ], characterSet: shown.characterSet)
        }
        var headers: [String: String] = [:]
        if answer.isCut { headers["Warning"] = "299 yilian \"there are more results; ask on with offset\"" }
        return MediaResponse(
            200, "application/dicom+json", .bytes(Array(DICOMJSON().text(datasets).utf8)), headers: headers)
    }

    private static func url(_ hit: ImagingSearch.Hit, _ address: StudyAddress) -> String {
        guard let series = hit.seriesUID else { return address.study(hit.studyUID) }
        guard let instance = hit.instanceUID else { return address.series(hit.studyUID, series) }
        return address.instance(hit.studyUID, series, instance)
    }
}

/// The parameters of a search, apart from who asks.
struct SearchParametersOfDICOM {
    var query: DICOMQuery
    var exact: [DICOMTag: String] = [:]
    var offset = 0
    var limit = Limits.imagingAnswers
    private let level: ImagingSummary.Level
    private var included: [String] = []

    /// - Throws: `dicom.badQuery`, `imaging.badParameter`.
    init(_ items: FHIRQuery, _ level: ImagingSummary.Level, now: WallTime) throws {
        self.level = level
        guard items.items.count <= Limits.imagingQueryItems else { throw Self.bad("the query") }
        var keys: [(name: String, value: String)] = []
        for item in items.items {
            switch item.name.lowercased() {
            case "offset": offset = try Self.number(item)
            case "limit": limit = try Self.number(item)
            case "includefield": included += item.value.split(separator: ",").map(String.init)
            // Names are compared in each way in which they are written, and no other way.
            case "fuzzymatching", "emptyvaluematching": continue
            default: keys.append((item.name, item.value))
            }
        }
        query = try DICOMQuery(parameters: keys)
        for (name, value) in keys {
            guard let tag = DICOMTag(hexadecimal: name) ?? DICOMDictionary.tag(keyword: name),
                !value.isEmpty, !value.contains(where: { "*?,\\".contains($0) })
            else { continue }
            exact[tag] = tag == .patientID ? PatientDemographics.number(value, now: now) : value
        }
    }

    private static func number(_ item: FHIRQuery.Item) throws -> Int {
        guard let number = Int(item.value), number >= 0 else { throw bad(item.name) }
        return number
    }

    private static func bad(_ name: String) -> Failure {
        Failure(
            "imaging.badParameter", "a parameter of the search has no value that can be used",
            place: String(name.prefix(64)), remedy: "write limit and offset as whole numbers")
    }

    /// Which attributes an answer has; `nil`: everything that is known.
    func fields(isWithinStudy: Bool, isWithinSeries: Bool) throws -> DICOMQuery? {
        if included.contains("all") { return nil }
        var tags: [DICOMTag] = [.study]
        if !isWithinStudy || level == .study {
            tags += ImagingSummary.Level.study.own + [.seriesInStudy, .instancesInStudy]
        }
        if level == .study { tags.append(.modalitiesInStudy) }
        if level != .study { tags += [.modality, .series, .instancesInSeries] }
        if level == .series || level == .instance && !isWithinSeries { tags += ImagingSummary.Level.series.own }
        if level == .instance { tags += ImagingSummary.Level.instance.own }
        let names = Set(tags).map { (name: $0.hexadecimal, value: "") } + query.tags.map { ($0.hexadecimal, "") }
        return try DICOMQuery(parameters: names + included.map { ($0, "") })
    }
}

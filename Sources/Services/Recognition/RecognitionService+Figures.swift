package import ServiceKit

extension RecognitionService: FigureOffer {
    package func figures() async throws -> [ServiceFigure] {
        let counts = try await counts()
        return [
            ServiceFigure(
                "yilian_recognition_results", "Results in the index.", Double(counts.results), statusName: "results"),
            ServiceFigure(
                "yilian_recognition_report_versions", "Versions of results in the index.", Double(counts.versions),
                statusName: "versions of results"),
        ]
    }
}

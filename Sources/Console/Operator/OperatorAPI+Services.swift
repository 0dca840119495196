import Hummingbird
import Indicators
import NodeRuntime
import Regions
import ServiceKit

extension OperatorAPI {
    /// The interfaces of the services that bring one of their own.
    func addServices(to routes: Routes) {
        addConsultations(to: routes)
        routes.get("indicators") { request, _ in
            let service = try setup.node.service(IndicatorsService.self)
            return try ConsoleAnswer.json(try await service.show(try period(request)))
        }
        routes.post("indicators/close") { request, _ in
            let service = try setup.node.service(IndicatorsService.self)
            let period = try period(request)
            let outcome = try await service.close(period, force: try request.flag("force"))
            return try ConsoleAnswer.json(ClosingInfo(outcome, period: period.description))
        }
    }

    /// The period that a request names; the day in which it comes, where it names none.
    private func period(_ request: Request) throws -> ReportingPeriod {
        guard let text = request.parameter("period") else { return ReportingPeriod(.day, containing: setup.now) }
        return try ReportingPeriod(text)
    }
}

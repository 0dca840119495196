package import EdgeKit
package import Effects
import Imaging
package import Regions
package import ServiceKit

/// What images answer to hospitals' systems: DICOMweb (PS3.18) below `/dicom-web`, and DICOM's own
/// protocol on the ports that the node's file names.
package enum ImagingHandlers: HospitalHandlers {
    package static let failures = FailureDefinition.imagingEdge
    package static let nodeSections: [any NodeFileSection.Type] = [DICOMSection.self]

    package static func register(with registry: inout HandlerRegistry, of node: any ServiceDirectory) throws {
        let imaging = try node.service(ImagingService.self)
        try registry.add(store(StoreDesk(imaging: imaging, failures: registry.failures)))
        try registry.add(search(SearchDesk(imaging: imaging)))
        try registry.add(retrieve(RetrieveDesk(imaging: imaging)))
        for listener in node.context.settings.section(DICOMSection.self).listeners {
            registry.add(AssociationDoor(listener, AssociationDesk(imaging: imaging)))
        }
    }

    private static let studies = "dicom-web/studies"
    private static let study = studies + "/*"
    private static let series = study + "/series/*"
    private static let instance = series + "/instances/*"

    private static func store(_ desk: StoreDesk) -> [EdgeRoute] {
        [studies, study].map { .media("POST", PathPattern($0), name: "store instances") { try await desk.store($0) } }
    }

    private static func search(_ desk: SearchDesk) -> [EdgeRoute] {
        [
            .media("GET", PathPattern(studies), name: "search studies") { try await desk.search(.study, $0) },
            .media("GET", "dicom-web/series", name: "search series") { try await desk.search(.series, $0) },
            .media("GET", "dicom-web/instances", name: "search instances") { try await desk.search(.instance, $0) },
            .media("GET", PathPattern(study + "/series"), name: "search series") { call in
                try await desk.search(.series, call, study: call.captured[0])
            },
            .media("GET", PathPattern(study + "/instances"), name: "search instances") { call in
                try await desk.search(.instance, call, study: call.captured[0])
            },
            .media("GET", PathPattern(series + "/instances"), name: "search instances") { call in
                try await desk.search(.instance, call, study: call.captured[0], series: call.captured[1])
            },
        ]
    }

    private static func retrieve(_ desk: RetrieveDesk) -> [EdgeRoute] {
        let whole = [study, series, instance].flatMap { path -> [EdgeRoute] in
            [
                .media("GET", PathPattern(path), name: "retrieve instances") { try await desk.instances($0) },
                .media("GET", PathPattern(path + "/metadata"), name: "retrieve metadata") {
                    try await desk.metadata($0)
                },
            ]
        }
        return whole + [
            .media("GET", PathPattern(instance + "/rendered"), name: "render") { try await desk.rendered($0) },
            .media("GET", PathPattern(instance + "/frames/*"), name: "retrieve frames") { try await desk.frames($0) },
            .media("GET", PathPattern(instance + "/frames/*/rendered"), name: "render") {
                try await desk.rendered($0)
            },
        ]
    }
}

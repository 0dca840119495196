package import Effects
import Regions
package import WorkflowKit

extension AdverseWorkflow {
    /// Somebody whom the region names as a quality controller of the unit, at the node that it names.
    static let controllerRule = RoleRule<AdverseWorkflow>(
        .controller,
        holds: { question in
            question.configuration.adverseControllers.contains { line in
                line.unit.rawValue == question.terms.unit && line.node == question.node
                    && line.practitioners.contains(question.actor)
            }
        },
        refusal: { question in
            Failure(
                "adverse.notAController", "nobody named this one a quality controller of the unit, at \(question.node)",
                remedy: "see adverseControllers in the region configuration with `yilian region show`")
        },
        authorRefusal: { question in
            Failure(
                "adverse.notAController", "nobody named this one a quality controller of the unit, at \(question.node)",
                remedy: "see adverseControllers in the region configuration with `yilian region show`")
        })

    package static func code(of fault: CaseFault) -> Failure.Code {
        switch fault {
        case .badID: "adverse.badID"
        case .unknownCase: "adverse.unknown"
        case .malformed: "adverse.malformed"
        case .badActor: "adverse.badActor"
        case .noUnit: "adverse.noUnit"
        case .noPatient: "adverse.badPatient"
        case .tooLarge: "adverse.tooLarge"
        case .badContent: "adverse.badContent"
        case .tooMany: "adverse.tooMany"
        case .noHome: "adverse.noHome"
        case .notOffered: "adverse.notOffered"
        case .unknownAttempt: "adverse.notItsHome"
        case .wrongState: "adverse.wrongState"
        case .tooLate: "adverse.tooLate"
        case .changed: "adverse.changed"
        case .seatTaken: "adverse.taken"
        case .notTheHolder: "adverse.notTheHolder"
        case .notEntitled: "adverse.notEntitled"
        case .notHere: "adverse.notHere"
        case .unsigned: "adverse.unsigned"
        case .orderNumberUsed: "adverse.numberUsed"
        }
    }
}

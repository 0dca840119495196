import Effects
import Regions
import WorkflowKit

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
}

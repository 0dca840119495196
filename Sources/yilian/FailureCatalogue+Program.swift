import Console
import Demo
import Effects
import Simulator

extension FailureCatalogue {
    /// What a command may end with.
    static let program = console.adding(
        FailureDefinition.demo, FailureDefinition.simulator, FailureDefinition.program)
}

import Console
import Demo
import DirectorySignIn
import Effects
import Simulator

extension FailureCatalogue {
    /// What a command may end with.
    static let program = console.adding(
        FailureDefinition.directorySignIn, FailureDefinition.demo, FailureDefinition.simulator,
        FailureDefinition.program)
}

import ConsultationDemo
import Demo
import IndicatorsDemo
import RecognitionDemo

/// The services that show something in the demo, one line each, in the order of their parts.
enum SceneList {
    static let all: [any DemoScene.Type] = [
        RecognitionScene.self,
        ConsultationScene.self,
        IndicatorsScene.self,
    ]
}

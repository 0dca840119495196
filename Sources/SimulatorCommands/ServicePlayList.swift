import ConsultationSimulation
import IndicatorsSimulation
import InventorySimulation
import RecognitionSimulation
import ReferralSimulation
import Simulator

/// The services that play in simulated regions, one line each.
enum ServicePlayList {
    static let all: [any ServicePlay.Type] = [
        RecognitionPlay.self,
        ConsultationPlay.self,
        IndicatorsPlay.self,
        InventoryPlay.self,
        ReferralPlay.self,
    ]
}

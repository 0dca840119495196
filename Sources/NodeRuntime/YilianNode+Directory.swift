import ServiceKit

extension YilianNode: ServiceDirectory {
    package func offers<Offer>(_ type: Offer.Type) -> [Offer] { services.compactMap { $0 as? Offer } }
}

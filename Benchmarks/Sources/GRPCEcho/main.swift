import GRPCCore
import GRPCNIOTransportHTTP2


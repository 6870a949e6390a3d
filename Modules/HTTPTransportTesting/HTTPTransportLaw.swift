/// A sentence that holds for every transport. ``HTTPTransportKit`` checks one at a time.
public enum HTTPTransportLaw: String, CaseIterable, Sendable, CustomStringConvertible {
    case requestIsSentAsGiven =
        "A request is sent with its fields and body; those about connection and framing are the transport's."
    case targetIsSentAsWritten = "Path and query are sent as they are written, octet for octet."
    case methodIsSentAsNamed = "A method is sent by its name, and the body with its length."
    case bodyIsSentAtOnce = "A large body is sent without asking whether it is wanted."
    case plainBodiesAreAskedFor = "Without an Accept-Encoding of the caller's, a request asks for identity."
    case headHasNoBody = "The answer to HEAD has no body, whatever length it names."
    case valuesAreReadWithoutLoss = "A field value that is not UTF-8 is read as ISO 8859-1."
    case trailersAreLeftOut = "Trailers are left out, and no answer gets beyond the limits with them."
    case protocolStays = "An answer that switches protocols is refused."
    case everyStatusIsAnAnswer = "Every status is an answer, whatever its body holds."
    case redirectIsAnAnswer = "A redirect is an answer and is not followed."
    case informationIsSkipped = "Informational answers are skipped, whatever they say."
    case ambiguityIsRefused = "An answer that can be read in two ways, or is none, is refused."
    case limitsEndAnswers = "A body or a header beyond the limits ends the exchange."
    case limitIsExact = "A body as long as the limit is read, a longer one is not."
    case deadlineEndsSilence = "The total deadline ends an exchange, however slowly the peer writes or reads."
    case deadlineMayBePast = "A deadline in the past has passed, and an endless one never does."
    case lostConnectionIsTold = "A connection that breaks ends the exchange, and the request may have arrived."
    case refusedConnectionSendsNothing = "Where nobody listens nothing was sent, and a later attempt can succeed."
    case unknownHostSendsNothing = "A name without an address ends as an unknown host, and nothing was sent."
    case neverIsSentOnce = "A request with replay never has a connection of its own and is sent at most once."
    case answersStayApart = "No exchange receives what a peer sent beyond another one's answer."
    case codedBodyIsTold =
        "A body in a coding that nobody asked for is decoded, refused, or told by its Content-Encoding."
    case codedBodyKeepsToTheLimit = "A coded body keeps to the limit before and after it is decoded."
    case codedErrorKeepsItsStatus = "An error answer keeps its status when its body cannot be decoded."
    case nothingNeedsNoDecoding = "An answer without a body is read, whatever coding it names."
    case askedForCodingIsHandedOver = "A caller who asks for a coding gets the body as it came."
    case cancellationCloses = "Cancelling ends the exchange as cancelled and closes its connection."

    /// The sentence.
    public var description: String { rawValue }
}

/// A sentence that holds for every transport that speaks TLS.
public enum TLSTransportLaw: String, CaseIterable, Sendable, CustomStringConvertible {
    case givenAuthorityIsTrusted =
        "A certificate of the authority that the transport was given is trusted, for a name and for an address."
    case expiredIsRefused = "An expired certificate is refused, and nothing was sent."
    case futureIsRefused = "A certificate that is not valid yet is refused, and nothing was sent."
    case otherHostIsRefused = "A certificate for another host is refused, and nothing was sent."
    case selfSignedIsRefused = "A self-signed certificate is refused, and nothing was sent."
    case unknownAuthorityIsRefused =
        "A certificate whose authority the system does not know is refused, and nothing was sent."
    case oldVersionIsRefused = "TLS before 1.2 is refused, and nothing was sent."
    case brokenHandshakeIsRefused = "A peer that does not complete the handshake is refused, and nothing was sent."

    /// The sentence.
    public var description: String { rawValue }
}

/// A sentence that holds for every transport with an HTTP proxy.
public enum ProxiedTransportLaw: String, CaseIterable, Sendable, CustomStringConvertible {
    case tunnelIsAskedFor =
        "A request over https asks the proxy for a tunnel; a refusal is no answer, and nothing was sent."
    case loopbackGoesAround = "A request to a loopback host goes around the proxy."

    /// The sentence.
    public var description: String { rawValue }
}

/// A sentence that holds for every transport that limits its connections.
public enum BoundedTransportLaw: String, CaseIterable, Sendable, CustomStringConvertible {
    case waitingCounts = "Waiting for a connection counts against the deadline, and nothing was sent."
    case waitingCanBeCancelled = "An exchange that waits for a connection can be cancelled, and nothing was sent."
    case placesAreGivenBack = "When an exchange ends, in whatever way, the next one gets its place."

    /// The sentence.
    public var description: String { rawValue }
}

/// A sentence that holds for every transport that can be shut down.
public enum ClosableTransportLaw: String, CaseIterable, Sendable, CustomStringConvertible {
    case exchangesEnd = "Shutting down ends exchanges in progress as unavailable."
    case laterRequestsAreRefused = "After shutting down, requests fail as unavailable and nothing was sent."
    case unusedTransportCloses = "A transport that never sent can be shut down, and twice."

    /// The sentence.
    public var description: String { rawValue }
}

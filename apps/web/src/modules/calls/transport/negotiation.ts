/** Of a pair exactly one side yields when both offer at once ("perfect negotiation", W3C WebRTC §10.7). */
export function isPolite(mine: string, theirs: string): boolean {
  return mine < theirs
}

/** Of a pair exactly one side lays out the media sections, so that they never appear twice. */
export function makesFirstOffer(mine: string, theirs: string): boolean {
  return !isPolite(mine, theirs)
}

/** What to do with a description that just arrived. */
export function judgeDescription(type: RTCSdpType, signalling: RTCSignalingState, polite: boolean): 'apply' | 'ignore' {
  if (type === 'offer') return signalling === 'stable' || polite ? 'apply' : 'ignore'
  // A second copy of an answer (the offer was sent again) has nothing left to answer.
  return signalling === 'have-local-offer' ? 'apply' : 'ignore'
}

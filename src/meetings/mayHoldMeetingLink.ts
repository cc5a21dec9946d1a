/**
 * Much cheaper than reading links, and true for each of them: what is in the domains of the platforms that bots come to by
 * a link, and the schemes of their apps. Prose and code about meetings has none of it. A dot may be encoded.
 */
export const MAY_HOLD_MEETING_LINK =
  /(?:zoom(?:gov|-x)?(?:\.|%2e|=2e)(?:us|com|de)|meet(?:\.|%2e|=2e)go|teams(?:\.|%2e|=2e)(?:microsoft|live|cloud)|webex(?:\.|%2e|=2e)com|goto(?:\.|%2e|=2e)com|gotomeet|zoommtg|zoomus|msteams)/i;

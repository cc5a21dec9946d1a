/** Much cheaper than reading links, and true for each of them: one of these is in every platform's domain. */
export const MAY_HOLD_MEETING_LINK = /zoom|meet|teams|webex|goto/i;

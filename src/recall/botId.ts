/**
 * Whether a text may be the id of a bot. Recall's ids are UUIDs today; a later form should work too, but nothing that
 * could mean another address.
 */
export function isBotId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(text);
}

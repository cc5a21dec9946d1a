/**
 * The address to play a file from: its own, or that of a copy in memory, which has to be released. A VS Code before 1.118 answers for the whole file when the page asks for a part of it, so that
 * nobody gets further into a long recording than what has come so far. There the whole, which comes in any case, is what is
 * played.
 *
 * @param signal ends the wait; the answer does not matter then
 */
export async function playableAddress(address: string, signal: AbortSignal): Promise<string> {
  try {
    const answer = await fetch(address, { headers: { Range: 'bytes=0-0' }, signal });
    if (!answer.ok) return address;
    const part = await answer.blob();
    return part.size > 1 ? URL.createObjectURL(part.slice(0, part.size, 'audio/mpeg')) : address;
  } catch (error) {
    // What cannot be had is told by the element that plays it.
    if (error instanceof TypeError || error instanceof DOMException) return address;
    throw error;
  }
}

/** Lets go of the copy in memory that an address leads to, if it does. */
export function release(address: string): void {
  if (address.startsWith('blob:')) URL.revokeObjectURL(address);
}

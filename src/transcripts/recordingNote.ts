const NOTE = /^NOTE recording=([\w-]{1,100})[ \t]*$/m;

/** What a WebVTT file says in front of its cues about whose words it holds. */
export function recordingNote(recordingId: string): string {
  return `recording=${recordingId}`;
}

/** The recording that a WebVTT file names in front of its cues; undefined when it names none. */
export function notedRecording(webVtt: string): string | undefined {
  const [head = ''] = webVtt.split('-->', 1);
  return NOTE.exec(head)?.[1];
}

import { type ApiAnswer, jsonAnswer, noSuchObject, throttled } from './apiAnswers.ts';
import type { RecallApiParts, RoutedRequest } from './apiRequest.ts';
import { artifactJson } from './botJson.ts';
import { type Recording, statusAt } from './botModel.ts';
import { readJson } from './json.ts';
import { orderedTranscript } from './transcriptMaking.ts';
import { providersAfterwards, readTranscriptRequest } from './transcriptRequests.ts';
import { transcriptStatuses } from './transcripts.ts';

const perMinuteAndBot = 5;
const mostPerRecording = 10;

/** `POST /recording/{id}/create_transcript/`: once the recording is over, while its media are there. */
export function createTranscript(request: RoutedRequest, parts: RecallApiParts): ApiAnswer {
  const found = parts.registry.recording(request.id);
  if (!found) return noSuchObject();
  const { bot, recording } = found;
  const wait = parts.limits?.secondsToWait(`create_transcript ${bot.id}`, perMinuteAndBot);
  if (wait !== undefined) return throttled(wait);
  const read = readTranscriptRequest(readJson(request.body), providersAfterwards);
  if ('errors' in read) return jsonAnswer(400, read.errors);
  const now = parts.now();
  const refusal = refusalOf(recording, now);
  if (refusal) return refusal;
  const { code, subCode, content, afterMs = parts.script().transcribingMs } = recording.orderedTranscript;
  const artifact = orderedTranscript(read.value, content, now, parts.newId());
  artifact.statuses = transcriptStatuses(now, { code, subCode, at: now + afterMs }, recording.expiresAt);
  recording.artifacts.push(artifact);
  return jsonAnswer(parts.createTranscriptStatus, artifactJson(bot, recording, artifact, parts.view()));
}

/** Why there is no further transcript. The statuses are as others met them; the words are made up. */
function refusalOf(recording: Recording, now: number): ApiAnswer | undefined {
  if (recording.completedAt === null || recording.completedAt > now) {
    return jsonAnswer(400, { detail: 'The recording is not over yet.' });
  }
  if (!hasMedia(recording, now)) {
    return jsonAnswer(400, { detail: 'The recording has no audio or video to transcribe.' });
  }
  const transcripts = recording.artifacts.filter(({ kind }) => kind === 'transcript');
  const codes = transcripts.map(({ statuses }) => statusAt(statuses, now)?.code);
  if (codes.includes('processing') || codes.includes('done')) {
    return jsonAnswer(409, { code: 'conflict', detail: 'The recording has a transcript already.' });
  }
  if (transcripts.length >= mostPerRecording) {
    return jsonAnswer(400, { detail: `A recording has no more than ${mostPerRecording} transcripts.` });
  }
  return undefined;
}

function hasMedia({ statuses, expiresAt, artifacts }: Recording, now: number): boolean {
  if (statusAt(statuses, now)?.code === 'deleted' || (expiresAt !== null && expiresAt <= now)) return false;
  return artifacts.some(
    (artifact) =>
      (artifact.kind === 'audio_mixed' || artifact.kind === 'video_mixed') &&
      statusAt(artifact.statuses, now)?.code !== 'deleted',
  );
}

import assert from 'node:assert/strict';
import { briefReason } from '../../../src/recall/briefReasons.ts';
import { explainSubCode } from '../../../src/recall/subCodes.ts';
import { documented, normalEnds } from './documentedSubCodes.ts';

describe('sub codes', () => {
  for (const [statusCode, subCodes] of Object.entries(documented)) {
    it(`explains every documented sub code of ${statusCode} in its own whole sentences`, () => {
      const meanings = new Set<string>();
      for (const subCode of subCodes) {
        const explanation = explainSubCode(statusCode, subCode);
        assert.ok(explanation, subCode);
        const { meaning, advice } = explanation;
        for (const sentence of [meaning, advice ?? 'None.'])
          assert.match(sentence, /^[A-Z][^.]+.*[^.]\.$/, subCode);
        assert.equal(advice === undefined, normalEnds.includes(subCode), `${subCode}: advice`);
        meanings.add(meaning);
      }
      assert.equal(meanings.size, subCodes.length, 'two sub codes read the same');
    });
  }

  it('has two to four words for each of them as well, which fit into a line', () => {
    for (const subCode of Object.values(documented).flat()) {
      const words = briefReason(subCode) ?? '';
      assert.match(words, /^[A-Z][\w'-]*(?: [\w'-]+){1,3}$/, subCode);
      assert.ok(words.length <= 26, words);
    }
    for (const unknown of ['brand_new_reason', 'constructor', ''])
      assert.equal(briefReason(unknown), undefined);
  });

  it('never repeats the code itself in the words', () => {
    for (const [statusCode, subCodes] of Object.entries(documented)) {
      for (const subCode of subCodes) {
        const { meaning, advice } = explainSubCode(statusCode, subCode) ?? { meaning: '' };
        assert.doesNotMatch(`${meaning} ${advice ?? ''}`, new RegExp(`\\b${subCode}\\b`));
      }
    }
  });

  it('says what to do where it matters most', () => {
    assert.deepEqual(explainSubCode('call_ended', 'timeout_exceeded_waiting_room'), {
      meaning: 'Nobody let the bot in before it stopped waiting.',
      advice: 'Ask the host to let the bot in sooner, then send a new one.',
    });
    assert.match(explainSubCode('fatal', 'meeting_password_incorrect')?.advice ?? '', /full meeting link/);
    assert.match(
      explainSubCode('recording_permission_denied', 'zoom_local_recording_disabled')?.advice ?? '',
      /turn on local recording/,
    );
  });

  it('leaves a sub code that is not known to the caller', () => {
    assert.equal(explainSubCode('fatal', 'brand_new_reason'), undefined);
    assert.equal(explainSubCode('brand_new_status', 'bot_errored'), undefined);
    assert.equal(explainSubCode('fatal', 'constructor'), undefined);
    assert.equal(explainSubCode('__proto__', 'toString'), undefined);
  });
});

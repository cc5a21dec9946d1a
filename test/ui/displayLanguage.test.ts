import assert from 'node:assert/strict';
import { assertTranslated, widened, widenedBundle } from '../unit/language/pseudoLanguage.ts';
import { sampleApiKey } from './session.ts';
import { useSession } from './useSession.ts';

const view = widened('Bots');

describe('In a VS Code whose display language is German, with texts in wide letters', () => {
  const session = useSession({
    simulator: { keys: [sampleApiKey] },
    translation: { language: 'de', translate: widenedBundle },
  });

  it('welcomes people in it, with buttons that work', async () => {
    const { workbench } = session();
    await workbench.openSidebar('Recall');
    const { text, buttons } = await workbench.expectWelcome(view);
    assertTranslated(text.join(' '), 'us-west-2', 'us-east-1', 'eu-central-1', 'ap-northeast-1');
    assert.deepEqual(buttons, ['Set API Key'].map(widened));
  });

  it('asks and tells in it, and shows dates and states of bots as it is done there', async () => {
    const { workbench, simulator } = session();
    simulator.addSampleBots();
    await workbench.runCommand(`Recall: ${widened('Set API Key')}`);
    const { title } = await workbench.expectQuickInput(new RegExp(widened('API key')));
    assertTranslated(title, new URL(simulator.apiOrigin).host);
    await workbench.answer(sampleApiKey);
    await workbench.expectNotification(new RegExp(widened('works')));

    const { description } = await workbench.expectTreeRow('Weekly sync', view);
    const [state = '', length, date = ''] = description.split(' · ');
    assert.equal(state, widened('MP3 ready'));
    assert.equal(length, '30:00');
    assert.match(date, /^\d{1,2}\. \p{L}{3,4}\.?,? \d{1,2}:\d{2}$/u);
  });
});

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
    await workbench.expectWelcome({ buttons: ['Set API Key'].map(widened) }, view);
    const { text = [] } = (await workbench.welcome(view)) ?? {};
    assertTranslated(text.join(' '), 'us-west-2', 'us-east-1', 'eu-central-1', 'ap-northeast-1');
  });

  it('asks and tells in it, and shows dates and states of bots as it is done there', async () => {
    const { workbench, simulator } = session();
    simulator.addSampleBots();
    await workbench.runCommand(`Recall: ${widened('Set API Key')}`);
    await workbench.expectQuickInput(new RegExp(widened('API key')));
    const { title = '' } = (await workbench.quickInput()) ?? {};
    assertTranslated(title, new URL(simulator.apiOrigin).host);
    await workbench.answer(sampleApiKey);
    await workbench.expectNotification(new RegExp(widened('works')));

    const date = /^\d{1,2}\. \p{L}{3,4}\.?,? \d{1,2}:\d{2}$/u;
    await workbench.expectTreeRow(
      {
        label: 'Weekly sync',
        description: (text) => {
          const [state, length, when = ''] = text.split(' · ');
          return state === widened('MP3 ready') && length === '30:00' && date.test(when);
        },
      },
      view,
    );
  });
});

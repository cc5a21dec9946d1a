import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { describeBot } from '../../src/descriptions/botDescription.ts';
import { mp3sOf } from '../../src/media/botMp3s.ts';
import { blankRecord } from '../../src/bots/botRecords.ts';
import type { KnownBot } from '../../src/bots/botStore.ts';
import { readBot } from '../../src/recall/bot.ts';
import { botItem, botTooltip } from '../../src/views/botItem.ts';
import { recordingItem } from '../../src/views/recordingItem.ts';
import { BotNode, RecordingNode } from '../../src/views/treeNodes.ts';
import { scheduledBot } from '../simulator/readyBots.ts';
import { failureOf, run, useRecall } from './recallUnderTest.ts';
import { inTrustedFolder } from './workspaceTrust.ts';
import type { MediaKind } from '../../src/media/kinds/kind.ts';

const link = '[press here](command:workbench.action.quit)';
const hostileNames = [
  link,
  '[site](https://evil.example/) <a href="command:workbench.action.quit">x</a>',
  '<img src=x onerror=alert(1)><script>1</script>',
  '$(error) $(loading~spin)',
  '**bold** `code` # heading ![i](https://evil.example/i.png)',
  'one line\nand another\r\n\ttabbed',
  'safe\u202egpj.exe\u2066\u200b\u0000\u001b[31m',
  'x'.repeat(10_000),
];
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

inTrustedFolder('text of a server', () => {
  const recall = useRecall();

  function bot(name: string): KnownBot {
    const read = readBot({
      id: 'e5f1b2ab-77a0-4c8e-9d41-6f3c2b1a0d9e',
      bot_name: name,
      meeting_url: { platform: name, meeting_id: name },
      status_changes: [{ code: name, sub_code: name, message: name, created_at: '2026-03-02T09:00:00Z' }],
      recordings: [{ id: 'r1', status: { code: name }, started_at: name, expires_at: name }],
    });
    assert.ok(read);
    return { bot: read, record: blankRecord(read.id) };
  }

  it('is short plain text in the tree: label, description, tooltip and what is read aloud', () => {
    for (const name of hostileNames) {
      const known = bot(name);
      const around = {
        now: 0,
        download: undefined,
        onDisk: [],
        othersOnDisk: new Set<MediaKind>(),
        paused: undefined,
        defaultName: '',
      };
      const description = describeBot(known, around);
      const item = botItem(known, description, true);
      const [mp3] = mp3sOf(known, []);
      assert.ok(mp3);
      const recording = recordingItem(new RecordingNode(new BotNode(known.bot.id), mp3), known.bot, mp3, 0);
      const tooltip = botTooltip(known, description.label, [], new Map(), 0);
      assert.ok(typeof recording.tooltip === 'string', 'VS Code would read it as Markdown');
      const shown = [
        ...[item, recording].flatMap(({ label, description: detail, accessibilityInformation }) => [
          label,
          detail,
          accessibilityInformation?.label,
        ]),
        ...`${tooltip}\n${recording.tooltip}`.split('\n'),
      ];
      for (const text of shown) {
        assert.ok(typeof text === 'string', 'VS Code would read it as Markdown');
        assert.doesNotMatch(text, invisible);
        assert.ok(text.length < 1000, `${text.length} characters`);
      }
      assert.ok(item.iconPath instanceof vscode.ThemeIcon);
      assert.match(item.iconPath.id, /^[a-z~-]+$/);
      assert.equal(item.contextValue?.replace(/^bot( \w+)*$/, ''), '');
    }
  });

  it('is no link and no icon in pickers, questions, progress and messages', async () => {
    for (const name of hostileNames.slice(0, 5)) {
      recall.simulator.reset();
      recall.shown.clear();
      const { id } = recall.simulator.addBot({ name });
      await run('recall.refreshBots', {});
      await run('recall.copyBotId');
      recall.shown.answerNext(id);
      await run('recall.downloadMp3');
      recall.shown.answerNext(id);
      await run('recall.deleteMedia');
      recall.shown.answerNext(id);
      await run('recall.removeBot');

      const { all } = recall.shown;
      for (const kind of ['createQuickPick', 'withProgress', 'showInformationMessage', 'showWarningMessage'])
        assert.ok(
          all.some((text) => text.startsWith(kind)),
          `${kind} is missing:\n${all.join('\n')}`,
        );
      for (const text of all) {
        // A picker makes icons of text and no links; the others do the opposite.
        if (!text.startsWith('createQuickPick')) assert.ok(!text.includes(']('), text);
        else assert.ok(!text.includes('$(error)') && !text.includes('$(loading~spin)'), text);
      }
    }
  });

  it('is no link when Recall refuses something with it', async () => {
    const { id } = recall.simulator.addBot(scheduledBot(new Date(Date.now() + 3_600_000).toISOString()));
    recall.simulator.failNext({ status: 400, body: { detail: `${link} now.` }, times: 'always' });
    recall.shown.answerNext(id);
    await run('recall.cancelScheduledBot');
    const { message } = await failureOf('recall.cancelScheduledBot', id);
    for (const text of [message, ...recall.shown.all]) assert.ok(!text.includes(']('), text);
    assert.match(message, /press here/);
  });
});

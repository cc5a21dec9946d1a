import { allSaved, savedOf } from '../bots/botRecords.ts';
import { BotGrouping } from '../host/botGrouping.ts';
import { inBackground } from '../host/progress.ts';
import { settings } from '../host/settings.ts';
import { MP3 } from '../media/kinds/mp3.ts';
import { stillOnDisk } from '../media/savedFiles.ts';
import { BotsTree } from '../views/botsTree.ts';
import { BotsView } from '../views/botsView.ts';
import { LiveStatus } from '../views/liveStatus.ts';
import type { TreeDoor } from '../views/treeDoor.ts';
import type { AccountFeature } from './account.ts';
import type { BotsFeature } from './bots.ts';
import type { Foundation } from './foundation.ts';
import type { MediaFeature } from './media.ts';

/** What is seen of it all without being asked for. */
export interface ViewFeature {
  readonly tree: BotsTree;
  readonly view: BotsView;
}

/** Puts the tree of bots behind its door, with what is around it, and the status bar item. */
export function addView(
  { context, owned, optional, contextKeys, log, clock }: Foundation,
  treeDoor: TreeDoor,
  { account, api, recallClock }: AccountFeature,
  { store, list, wholeAccount, sharedRecords }: BotsFeature,
  { downloads, paused, people }: MediaFeature,
): ViewFeature {
  const defaultBotName = () => settings.botName();
  const grouping = new BotGrouping(context.globalState);
  const tree = owned.add(
    new BotsTree({
      ...{ store, list, downloads, clock: recallClock, stillOnDisk, paused, people, defaultBotName },
      view: treeDoor.view,
      byDayChosen: () => grouping.byDayChosen,
    }),
  );
  treeDoor.open(tree);
  const view = owned.add(
    new BotsView({
      ...{ tree, list, wholeAccount, grouping, store, contextKeys, clock, log },
      hasKey: () => account.hasKey(),
      loadOwnState: async () => {
        await sharedRecords.begin();
        await paused.look();
      },
      apiIsBack: api.reachability.back,
    }),
  );
  owned.add(
    downloads.changes((botId) => {
      const known = store.get(botId);
      if (known && savedOf(MP3, known.record).length > 0) contextKeys.set('recall.hasSavedMp3', true);
      if (downloads.progressOf(botId) !== undefined) return;
      inBackground(log, paused.look());
      if (known && allSaved(known.record).length > 0) inBackground(log, people.look(botId));
    }),
  );
  owned.add(
    settings.onDidChangeBotName(() => {
      tree.redrawAll();
    }),
  );
  optional.add('status bar', () => new LiveStatus(store));
  return { tree, view };
}
